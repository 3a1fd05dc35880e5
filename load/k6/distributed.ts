import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { DistributedLoad, LoadOrder } from '../../src/model/load.ts';
import { packageRoot } from '../../src/paths.ts';
import { mergePods } from './merge-pods.ts';
import { orderForScript } from './order-for-script.ts';
import { refuses } from './refuses.ts';
import { type ScriptSources, scriptFiles, testRun } from './test-run.ts';

/** What a ConfigMap holds, less some for the script. */
const mostOrderBytes = 1_000_000;

/** k6 in pods, by k6-operator. */
export const distributed: DistributedLoad = {
  refuses(order, pods) {
    const refusal = refuses(order);
    if (refusal !== undefined) return refusal;
    if (!(Number.isInteger(pods) && pods > 0)) return `load from pods needs at least one, not ${pods}`;
    if (order.connections < pods) return `${pods} pods cannot share ${order.connections} connections`;
    const bytes = orderBytes(order);
    if (bytes > mostOrderBytes)
      return `${order.targets.length} targets take ${bytes} bytes, more than a ConfigMap holds: ask for fewer`;
    return undefined;
  },
  objects: async (order, where) => testRun(order, await readSources(), where),
  stage({ status }) {
    if (status?.stage === 'finished') return 'finished';
    return status?.stage === 'error' || status?.stage === 'stopped' ? 'failed' : 'under way';
  },
  podLabels: (name) => ({ app: 'k6', k6_cr: name, runner: 'true' }),
  merge: mergePods,
};

const orderBytes = (order: LoadOrder): number => Buffer.byteLength(JSON.stringify(orderForScript(order, 'summary')));

async function readSources(): Promise<ScriptSources> {
  const read = async (file: string) => [file, await readFile(join(packageRoot, 'load/k6', file), 'utf8')] as const;
  return Object.fromEntries(await Promise.all(scriptFiles.map(read))) as ScriptSources;
}
