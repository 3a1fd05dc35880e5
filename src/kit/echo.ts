import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { KubernetesObject } from '../model/kubernetes.ts';
import { packageRoot } from '../paths.ts';

/** The ConfigMap `echo` from which the back-ends' pods run their program. */
export const echoProgram = async (): Promise<KubernetesObject> => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name: 'echo' },
  data: { 'echo.mjs': await readFile(join(packageRoot, 'fixtures/backends/echo.mjs'), 'utf8') },
});
