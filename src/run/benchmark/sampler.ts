import type { PodUsage } from '../../model/cluster.ts';
import { type MachineCounters, type MachineUse, machineUse, readMachine } from './machine.ts';

/** What pods use at a moment: those of the side under load, and all that take part. */
export interface PodsUse {
  /** Absent where nobody knows the side's pods. */
  readonly side?: PodUsage | undefined;
  readonly all: PodUsage;
}

/** Looks at the pods; absent where the cluster cannot tell. */
export type LookAtPods = (() => Promise<PodsUse>) | undefined;

interface Sample {
  readonly machine: MachineCounters;
  readonly pods?: PodsUse | undefined;
  /** Of this process. */
  readonly ownSeconds: number;
}

/** What was used in a stretch of time, by rate: looks do not fall on its first and its last moment. */
export interface Used {
  readonly machine: MachineUse;
  /** CPUs that the side's pods kept busy. */
  readonly sideCpus?: number;
  readonly sidePeakBytes?: number;
  /** CPUs kept busy by every pod of the benchmark, and by this process. */
  readonly allCpus?: number;
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
      return usedIn(samples.filter(({ machine: { atMs } }) => atMs >= sinceMs && atMs <= sinceMs + durationMs));
    },
  };
}

async function take(look: LookAtPods): Promise<Sample> {
  const [machine, pods] = await Promise.all([readMachine(), look?.()]);
  const { user, system } = process.cpuUsage();
  return { machine, pods, ownSeconds: (user + system) / 1e6 };
}

function usedIn(samples: readonly Sample[]): Used | undefined {
  const [first, last] = [samples[0], samples.at(-1)];
  if (first === undefined || last === undefined || first === last) return undefined;
  const machine = machineUse(first.machine, last.machine);
  const cpus = (of: (sample: Sample) => number | undefined): number | undefined => {
    const [before, after] = [of(first), of(last)];
    return before === undefined || after === undefined ? undefined : Math.max(0, after - before) / machine.seconds;
  };
  const sideCpus = cpus(({ pods }) => pods?.side?.cpuSeconds);
  const allCpus = cpus(({ pods }) => pods?.all.cpuSeconds);
  const peaks = samples.flatMap(({ pods }) => pods?.side?.memoryBytes ?? []);
  return {
    machine,
    ...(sideCpus !== undefined && { sideCpus }),
    ...(peaks.length > 0 && { sidePeakBytes: Math.max(...peaks) }),
    ...(allCpus !== undefined && { allCpus }),
    ownCpus: cpus(({ ownSeconds }) => ownSeconds) ?? 0,
  };
}
