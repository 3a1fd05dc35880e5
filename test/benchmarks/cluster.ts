import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createOwned } from '../../clusters/local/create.ts';
import { memoryOf } from '../../clusters/local/kept/memory.ts';
import { createKube } from '../../src/kube/create-kube.ts';
import type { KubernetesObject } from '../../src/model/kubernetes.ts';
import type { Progress } from '../../src/model/progress.ts';
import { createToolchain } from '../../src/toolchain/toolchain.ts';

/*
 * How long a local cluster takes to start, and what memory it takes. Arguments: rounds (3), nodes (1).
 *   node dist/test/benchmarks/cluster.js 5 1
 */
const [rounds = 3, nodes = 1] = process.argv.slice(2).map(Number);
const { signal } = new AbortController();
const pod: KubernetesObject = {
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'first', namespace: 'default' },
  spec: { containers: [{ name: 'c', image: 'node', args: ['-e', 'setInterval(() => {}, 60_000)'] }] },
};

interface PodStatus {
  readonly conditions?: readonly { readonly type: string; readonly status: string }[];
}
const isReady = ([object]: readonly KubernetesObject[]) =>
  (object?.status as PodStatus | undefined)?.conditions?.some(
    ({ type, status }) => type === 'Ready' && status === 'True',
  ) || undefined;

async function round(): Promise<Record<string, string>> {
  const startedAtMs = performance.now();
  const times: Record<string, string> = {};
  const mark = (what: string) => {
    times[what] = ((performance.now() - startedAtMs) / 1000).toFixed(2);
  };
  const progress: Progress = {
    note: () => {},
    step: (title, body) => {
      if (title.includes('DNS')) mark('components up, s');
      return body((detail) => {
        if (detail.startsWith('controllers')) mark('API ready, s');
      });
    },
  };
  const logFolder = mkdtempSync(join(tmpdir(), 'assay-benchmark-'));
  const host = { progress, signal, toolchain: createToolchain({ progress, signal }) };
  const { facts, cluster } = await createOwned({ name: 'benchmark', nodes, keep: false, logFolder }, host);
  try {
    mark('nodes and DNS ready, s');
    const kube = createKube(cluster.kubeconfig, cluster.failed);
    await kube.apply([pod]);
    await kube.waitFor({ apiVersion: 'v1', kind: 'Pod' }, { namespace: 'default', name: 'first' }, isReady, 'the pod');
    mark('first pod ready, s');
    const processes = await memoryOf(facts.pid);
    times['memory, MiB'] = processes.reduce((sum, { memoryMiB }) => sum + memoryMiB, 0).toFixed(0);
    console.log(processes.map(({ name, memoryMiB }) => `${name} ${memoryMiB.toFixed(0)}`).join(', '));
    const endingAtMs = performance.now();
    await cluster[Symbol.asyncDispose]();
    times['removed in, s'] = ((performance.now() - endingAtMs) / 1000).toFixed(2);
  } finally {
    await cluster[Symbol.asyncDispose]();
    rmSync(logFolder, { recursive: true });
  }
  return times;
}

const table: Record<string, string>[] = [];
while (table.length < rounds) table.push(await round());
console.table(table);
