import { readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { expect } from 'chai';
import local from '../../../clusters/local/index.ts';
import { createKube } from '../../../src/kube/create-kube.ts';
import type { Cluster, PodRef } from '../../../src/model/cluster.ts';
import type { KubernetesObject } from '../../../src/model/kubernetes.ts';
import { silentProgress } from '../../../src/model/progress.ts';
import { createToolchain } from '../../../src/toolchain/toolchain.ts';
import { errorOf } from '../../src/error-of.ts';

const namespace = 'default';
const podOf = (name: string, script: string): KubernetesObject => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name, namespace },
  spec: {
    terminationGracePeriodSeconds: 0,
    containers: [{ name: 'node', image: 'node:20-slim', command: ['node', '-e', script] }],
  },
});

describe('what pods of a local cluster use', function () {
  this.timeout(120_000);
  let folder: string;
  let cluster: Cluster;
  const pods = new Map<string, PodRef>();
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'assay-test-'));
    const { signal } = new AbortController();
    const progress = silentProgress;
    const host = { signal, progress, toolchain: createToolchain({ progress, signal }) };
    cluster = await local.create({ name: `usage-${process.pid}`, nodes: 1, keep: false, logFolder: folder }, host);
    const kube = createKube(cluster.kubeconfig);
    await kube.apply([
      podOf('idle', 'setInterval(() => {}, 1e6)'),
      podOf('busy', 'const held = Buffer.alloc(200 << 20, 1); for (;;) held[0] += 1;'),
      // What a process has used that has ended, its parent has.
      podOf(
        'forking',
        "setInterval(() => require('child_process').spawnSync('sh', ['-c', 'i=0; while [ $i -lt 100000 ]; do i=$((i+1)); done']), 1)",
      ),
    ]);
    for (const name of ['idle', 'busy', 'forking']) {
      const pod = await kube.waitFor(
        { apiVersion: 'v1', kind: 'Pod' },
        { namespace, name },
        ([one]) => (one?.status?.phase === 'Running' ? one : undefined),
        `pod ${name} to run`,
      );
      pods.set(name, { namespace, name, uid: pod.metadata.uid, node: pod.spec.nodeName, containers: ['node'] });
    }
  });
  after(async () => {
    await cluster[Symbol.asyncDispose]();
    await rm(folder, { recursive: true });
  });

  const use = async (...names: readonly string[]) =>
    (await cluster.usage?.(names.map((name) => pods.get(name) as PodRef))) ?? [];

  it('is told apart by pod, in one look', async () => {
    await pause(1000);
    const before = await use('idle', 'busy', 'forking');
    await pause(3000);
    const after = await use('idle', 'busy', 'forking');
    const [idle = 0, busy = 0, forking = 0] = after.map(
      ({ cpuSeconds }, index) => cpuSeconds - (before[index]?.cpuSeconds ?? 0),
    );
    expect(idle).to.be.below(0.3);
    expect(busy).to.be.greaterThan(0.3).and.below(4);
    expect(forking).to.be.greaterThan(0.1);
    const [small, large] = after.map(({ memoryBytes }) => memoryBytes);
    expect(large).to.be.greaterThan(200 << 20);
    expect(small)
      .to.be.greaterThan(1 << 20)
      .and.below(100 << 20);
  });

  it('is kept to CPUs that are named, with all that the pod starts', async () => {
    await cluster.pin?.(pods.get('forking') as PodRef, [0]);
    await pause(300);
    // Its processes are this machine's: every one that runs the loop has one CPU only.
    const look = () =>
      readdirSync('/proc').flatMap((id) => {
        try {
          if (!readFileSync(`/proc/${id}/cmdline`, 'utf8').startsWith('sh\0-c\0i=0')) return [];
          return [/^Cpus_allowed_list:\s+(\S+)/m.exec(readFileSync(`/proc/${id}/status`, 'utf8'))?.[1]];
        } catch {
          return [];
        }
      });
    const lists: (string | undefined)[] = [];
    for (; lists.length < 5; await pause(5)) lists.push(...look());
    expect(new Set(lists)).to.deep.equal(new Set(['0']));
  });

  it('is unknown of a pod that is gone, by name', async () => {
    const kube = createKube(cluster.kubeconfig);
    await kube.remove([{ apiVersion: 'v1', kind: 'Pod', namespace, name: 'idle' }], { wait: true });
    // The API forgets a pod without a grace period before its processes have ended.
    const lookUntilItIsGone = async () => {
      for (;;) {
        await use('idle');
        await pause(50);
      }
    };
    const error = await errorOf(lookUntilItIsGone());
    expect(error).to.include({ code: 'pod-not-running' });
    expect(error.message).to.contain('default/idle');
  });
});
