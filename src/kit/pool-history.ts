import type { Change } from './change.ts';
import type { Sample } from './stream.ts';

/** What a controller listed as the members (`address:port`) of a pool at one time, in ms since the epoch. */
export interface Listing {
  readonly atMs: number;
  readonly members: readonly string[];
}

/** A pool as its controller lists it, beside the pods that really answered. Times in ms after the API's answer to the change. */
export interface PoolHistory {
  /** The first listing, then each that differs from the one before it, and the last. */
  readonly listings: readonly Listing[];
  /** Every pod that answered or became Ready. */
  readonly pods: readonly { readonly pod: string; readonly address?: string; readonly readyMs?: number }[];
  /** Answers of each pod, counted in steps of `stepMs` from `fromMs` on. */
  readonly answers: {
    readonly fromMs: number;
    readonly stepMs: number;
    readonly byPod: Readonly<Record<string, readonly number[]>>;
  };
}

const stepMs = 100;

/** Puts listings and answers on one clock. */
export function poolHistory(
  change: Change,
  listings: readonly Listing[],
  samples: readonly Sample[],
  pods: readonly { readonly name: string; readonly address: string; readonly readyAtMs?: number }[],
): PoolHistory {
  const answers = samples.flatMap(({ outcome, endedAtMs }) =>
    outcome.kind === 'answered' && outcome.pod !== undefined ? [{ pod: outcome.pod, atMs: endedAtMs }] : [],
  );
  const fromMs = answers.reduce((least, { atMs }) => Math.min(least, atMs), change.answeredAtMs);
  const steps = 1 + Math.max(0, ...answers.map(({ atMs }) => Math.floor((atMs - fromMs) / stepMs)));
  const byPod: Record<string, number[]> = {};
  for (const { pod, atMs } of answers) {
    byPod[pod] ??= Array<number>(steps).fill(0);
    const counts = byPod[pod];
    const step = Math.floor((atMs - fromMs) / stepMs);
    counts[step] = (counts[step] ?? 0) + 1;
  }
  const names = new Set([...pods.map(({ name }) => name), ...Object.keys(byPod)]);
  return {
    listings: turningPoints(listings).map(({ atMs, members }) => ({ atMs: atMs - change.answeredAtMs, members })),
    pods: [...names].map((name) => {
      const known = pods.find((pod) => pod.name === name);
      const readyAtMs = known?.readyAtMs;
      return {
        pod: name,
        ...(known && { address: known.address }),
        ...(readyAtMs !== undefined && { readyMs: readyAtMs - change.answeredAtMs }),
      };
    }),
    answers: { fromMs: fromMs - change.answeredAtMs, stepMs, byPod },
  };
}

/** The first, the last, and each that differs from the one before it. */
function turningPoints(listings: readonly Listing[]): readonly Listing[] {
  const text = ({ members }: Listing) => [...members].sort().join(' ');
  return listings.filter((listing, index) => {
    const before = listings[index - 1];
    return before === undefined || index === listings.length - 1 || text(listing) !== text(before);
  });
}
