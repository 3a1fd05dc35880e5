import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Kube } from '../../src/kube/kube.ts';
import { ownedLabel } from '../../src/model/kubernetes.ts';

/** Writes the log of every container in the namespaces of ours; the rest of the cluster is not ours to read. */
export async function collectPodLogs(kube: Kube, folder: string): Promise<readonly string[]> {
  const namespaces = await kube.list({ apiVersion: 'v1', kind: 'Namespace' }, { labels: { [ownedLabel]: 'true' } });
  const pods = await Promise.all(
    namespaces.map(({ metadata }) => kube.list({ apiVersion: 'v1', kind: 'Pod' }, { namespace: metadata.name })),
  );
  const containers = pods.flat().flatMap(({ metadata: { namespace = '', name }, spec }) =>
    (spec.containers as readonly { name: string }[]).map((container) => ({
      namespace,
      name,
      container: container.name,
    })),
  );
  await mkdir(folder, { recursive: true });
  const files = await Promise.all(
    containers.map(async (which) => {
      const log = await kube.logs(which).catch(() => undefined); // not started yet, or gone
      if (log === undefined) return [];
      const file = join(folder, `${which.namespace}_${which.name}_${which.container}.log`);
      await writeFile(file, log);
      return [file];
    }),
  );
  return files.flat();
}
