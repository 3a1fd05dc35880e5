import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import type { Benchmark } from '../../model/benchmark.ts';
import type { Cluster, PodRef } from '../../model/cluster.ts';
import type { StartGenerator } from './generator.ts';
import { withPrecedence } from './precedence.ts';

/** Below this each part would have less than a CPU. */
const fewestCpus = 4;

/** Who runs where, and how the generator is started there. */
export interface Placement {
  readonly described: Benchmark['placement'];
  /** How many threads may make load. */
  readonly threads: number;
  readonly start: StartGenerator;
  /** Starts what only looks, where the generator is. */
  readonly peek: StartGenerator;
}

/** How many threads may make load: one for every four of these CPUs, at least one. */
export const generatorThreads = (cpus: readonly number[] = allowedCpus()): number =>
  Math.max(1, Math.floor(cpus.length / 4));

/**
 * Gives generator, controllers and back-ends CPUs of their own where there are four or more and the cluster can pin pods: a quarter, half and a quarter.
 * Two controllers share theirs, since only one has load at a time.
 */
export async function place(
  cluster: Cluster,
  pods: { readonly controllers: readonly PodRef[]; readonly backEnds: readonly PodRef[] },
  cpus: readonly number[] = allowedCpus(),
): Promise<Placement> {
  const usual: StartGenerator = (argv) => cluster.start({ kind: 'external' }, argv);
  const preferred = await withPrecedence(usual, cpus.length);
  const start = preferred ?? usual;
  const how =
    preferred === undefined ? cluster.precedence : 'the generator goes before all ordinary processes (SCHED_RR)';
  const precedence = how === undefined ? '' : `; ${how}`;
  const nodes = [...new Set([...pods.controllers, ...pods.backEnds].map(({ node }) => node))].join(', ');
  const together = (why: string): Placement => ({
    described: {
      pinned: false,
      text: `${why}: generator, controller and back-ends share ${cpus.length} CPUs, and each takes from the others${precedence}; pods on ${nodes}`,
    },
    threads: generatorThreads(cpus),
    start,
    peek: usual,
  });
  if (cpus.length < fewestCpus) return together(`fewer than ${fewestCpus} CPUs`);
  if (cluster.pin === undefined) return together(`a cluster of ${cluster.provider} does not pin pods`);
  if (pods.controllers.length === 0) return together('nobody knows the controller’s pods');
  const quarter = generatorThreads(cpus);
  const [generator, backEnds, controllers] = [
    cpus.slice(0, quarter),
    cpus.slice(quarter, 2 * quarter),
    cpus.slice(2 * quarter),
  ];
  for (const pod of pods.backEnds) await cluster.pin(pod, backEnds);
  for (const pod of pods.controllers) await cluster.pin(pod, controllers);
  return {
    described: {
      pinned: true,
      text: `pinned: generator on CPU ${generator.join(', ')}, back-ends on ${backEnds.join(', ')}, controllers on ${controllers.join(', ')}; all else where the kernel puts it${precedence}; pods on ${nodes}`,
    },
    threads: quarter,
    start: (argv) => start(['taskset', '--cpu-list', generator.join(','), ...argv]),
    peek: usual,
  };
}

/** The CPUs that this process may use. */
function allowedCpus(): readonly number[] {
  const status = (() => {
    try {
      return readFileSync('/proc/self/status', 'utf8');
    } catch {
      return '';
    }
  })();
  const list = /^Cpus_allowed_list:\s+(\S+)/m.exec(status)?.[1];
  if (list === undefined) return Array.from({ length: availableParallelism() }, (_, index) => index);
  return list.split(',').flatMap((range) => {
    const [from = 0, to = from] = range.split('-').map(Number);
    return Array.from({ length: to - from + 1 }, (_, index) => from + index);
  });
}
