import { together, type UsageAt } from '../../model/cluster.ts';
import { type MachineCounters, type MachineUse, machineUse, readMachine } from './machine.ts';

/** What pods use at a moment: those of the side under load, and all that take part; and whole nodes, where the cluster can tell. */
export interface PodsUse {
  /** Absent where nobody knows the side's pods. */
  readonly side?: readonly UsageAt[] | undefined;
  readonly all: readonly UsageAt[];
  readonly nodes?: readonly UsageAt[] | undefined;
}

/** Looks at the pods; absent where the cluster cannot tell. */
export type LookAtPods = (() => Promise<PodsUse>) | undefined;

/** CPU used so far, and when that was. */
type CpuAt = Pick<UsageAt, 'atMs' | 'cpuSeconds'>;

interface Sample {
  readonly machine: MachineCounters;
  readonly pods?: PodsUse | undefined;
  /** Of this process. */
  readonly own: CpuAt;
}

/** What was used in a stretch of time, by rate: looks do not fall on its first and its last moment. */
export interface Used {
  readonly machine: MachineUse;
  /** CPUs that the side's pods kept busy. */
  readonly sideCpus?: number;
  readonly sidePeakBytes?: number;
  /** CPUs kept busy by every pod of the benchmark, by the nodes with all that runs on them, and by this process. */
  readonly allCpus?: number;
  readonly nodesCpus?: number;
  readonly ownCpus: number;
}

/** Looks again and again until it is stopped. */
export interface Sampler {
  /** Of the stretch that began then, in ms since 1970; nothing where nobody knows when, or too few samples fell there. */
  stop(fromMs: number | undefined, durationMs: number): Promise<Used | undefined>;
}

/** Begins to sample every `everyMs`. A look that fails leaves a gap, and never takes the run's result with it. */
export function startSampler(look: LookAtPods, everyMs: number): Sampler {
  const samples: Sample[] = [];
  let ended = false;
  let wake = () => {};
  const sampling = (async () => {
    while (!ended) {
      const sample = await take(look).catch(() => undefined);
      if (sample !== undefined) samples.push(sample);
      await new Promise<void>((resolve) => {
        wake = resolve;
        setTimeout(resolve, everyMs);
      });
    }
  })();
  return {
    async stop(fromMs = Number.NaN, durationMs) {
      ended = true;
      wake();
      await sampling;
      const sinceMs = fromMs - Date.now() + performance.now();
      return usedIn(samples, ({ atMs }) => atMs >= sinceMs && atMs <= sinceMs + durationMs);
    },
  };
}

async function take(look: LookAtPods): Promise<Sample> {
  const machine = readMachine();
  const pods = await look?.();
  const { user, system } = process.cpuUsage();
  return { machine, pods, own: { atMs: performance.now(), cpuSeconds: (user + system) / 1e6 } };
}

/** By what was read within the stretch; each counter has its own times. */
function usedIn(samples: readonly Sample[], within: (read: { readonly atMs: number }) => boolean): Used | undefined {
  const machines = samples.map(({ machine }) => machine).filter(within);
  const [first, last] = [machines[0], machines.at(-1)];
  if (first === undefined || last === undefined || first === last) return undefined;
  const looks = samples.flatMap(({ pods }) => (pods?.all.every(within) ? [pods] : []));
  const side = looks.flatMap(({ side }) => (side === undefined ? [] : [side]));
  const sideCpus = cpusOf(side);
  const allCpus = cpusOf(looks.map(({ all }) => all));
  const nodesCpus = cpusOf(looks.flatMap(({ nodes }) => (nodes === undefined ? [] : [nodes])));
  return {
    machine: machineUse(first, last),
    ...(sideCpus !== undefined && { sideCpus }),
    ...(side.length > 0 && { sidePeakBytes: Math.max(...side.map((pods) => together(pods).memoryBytes)) }),
    ...(allCpus !== undefined && { allCpus }),
    ...(nodesCpus !== undefined && { nodesCpus }),
    ownCpus: cpusOf(samples.flatMap(({ own }) => (within(own) ? [[own]] : []))) ?? 0,
  };
}

/** CPUs that all of them kept busy from the first look to the last; nothing where there are no two, or one of them was started anew. */
function cpusOf(looks: readonly (readonly CpuAt[])[]): number | undefined {
  const [before, after] = [looks[0], looks.at(-1)];
  if (before === undefined || after === undefined || before === after) return undefined;
  const cpus = before.map((first, index) => {
    const last = after[index];
    if (last === undefined || last.cpuSeconds < first.cpuSeconds || last.atMs <= first.atMs) return Number.NaN;
    return (last.cpuSeconds - first.cpuSeconds) / ((last.atMs - first.atMs) / 1000);
  });
  const total = cpus.reduce((sum, own) => sum + own, 0);
  return Number.isNaN(total) ? undefined : total;
}
