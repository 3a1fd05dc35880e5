import { execFileSync } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { expect } from 'chai';
import type { Cluster, PodRef } from '../../../../src/model/cluster.ts';
import type { StartGenerator } from '../../../../src/run/benchmark/generator.ts';
import { generatorThreads, place } from '../../../../src/run/benchmark/placement.ts';
import { benchHere } from './bench.ts';

const pod = (name: string): PodRef => ({ namespace: 'n', name, uid: name, node: 'node-1', containers: ['c'] });
const pods = { controllers: [pod('of-a'), pod('of-b')], backEnds: [pod('nginx')] };

/** A cluster that pins, if it does, by keeping a list. */
function clusterOf(more: Partial<Cluster> = {}) {
  const pinned: Record<string, readonly number[]> = {};
  const pin: Cluster['pin'] = async ({ name }, cpus) => {
    pinned[name] = cpus;
  };
  const start: Cluster['start'] = async (_, argv) => benchHere().start(argv);
  return { cluster: { provider: 'local', start, pin, ...more } as Cluster, pinned };
}

describe('who runs where', () => {
  it('is a quarter of the CPUs for the generator, one for the back-ends, half for the controllers', async () => {
    const { cluster, pinned } = clusterOf();
    const { described, threads } = await place(cluster, pods, [0, 1, 2, 3, 8, 9, 10, 11]);
    expect(pinned).to.deep.equal({ nginx: [2, 3], 'of-a': [8, 9, 10, 11], 'of-b': [8, 9, 10, 11] });
    expect(threads).to.equal(2);
    expect(described.pinned).to.equal(true);
    expect(described.text).to.contain('generator on CPU 0, 1, back-ends on 2, 3, controllers on 8, 9, 10, 11');
  });

  it('gives controllers what does not divide', async () => {
    const { cluster, pinned } = clusterOf();
    await place(cluster, pods, [0, 1, 2, 3, 4, 5, 6]);
    expect(pinned).to.deep.equal({ nginx: [1], 'of-a': [2, 3, 4, 5, 6], 'of-b': [2, 3, 4, 5, 6] });
  });

  it('starts the generator on its CPUs alone, and what only looks anywhere', async () => {
    const { cluster } = clusterOf();
    const allowed = async (start: StartGenerator) => {
      await using process = await start(['sh', '-c', 'sleep 0.2; taskset --cpu-list --pid $$']);
      return (await text(process.stdout)).trim().split(': ')[1];
    };
    const everywhere = await allowed(benchHere().start);
    const one = Number(/^\d+/.exec(everywhere ?? '')?.[0]);
    const placement = await place(cluster, pods, [one, one, one, one]);
    expect(await allowed(placement.start)).to.equal(String(one));
    expect(await allowed(placement.peek)).to.equal(everywhere);
  });

  for (const [why, more, who, cpus] of [
    ['fewer than 4 CPUs', {}, pods, [0, 1, 2]],
    ['a cluster of kind does not pin pods', { provider: 'kind', pin: undefined }, pods, [0, 1, 2, 3]],
    ['nobody knows the controller’s pods', {}, { ...pods, controllers: [] }, [0, 1, 2, 3]],
  ] as const)
    it(`is not told apart, and said so, where: ${why}`, async () => {
      const { cluster, pinned } = clusterOf(more as Partial<Cluster>);
      const { described, threads } = await place(cluster, who, cpus);
      expect(pinned).to.deep.equal({});
      expect(threads).to.equal(1);
      expect(described.pinned).to.equal(false);
      expect(described.text).to.match(new RegExp(`^${why}: .* share ${cpus.length} CPUs`));
      expect(described.text).to.contain('pods on node-1');
    });

  it('counts the CPUs that this process may use', () => {
    const cpus = Number(execFileSync('nproc', { encoding: 'utf8' }));
    expect(generatorThreads()).to.equal(Math.max(1, Math.floor(cpus / 4)));
  });
});
