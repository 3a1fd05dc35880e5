import type { LoadResult } from '../../../model/load.ts';
import { mean } from '../../../stats/sample.ts';
import { type Finding, type GuardRule, grouped, share } from './guard.ts';

const mostRateDrift = 0.1;
const mostLatencyDrift = 0.5;
/** What latency may move by whatever it was: a few tens of microseconds are no drift. */
const leastUs = 200;

/** The first and the last third of a run agree: it had warmed up, and nothing came or went. */
export const drift: GuardRule = {
  name: 'drift',
  about: 'instrument',
  look({ order, result }) {
    const [first, last] = result.thirds === undefined ? bySeconds(result) : byThirds(result);
    if (first === undefined || last === undefined) return { held: true, text: 'too few seconds to see drift by' };
    return order.shape.kind === 'saturation' ? rateDrift(first, last) : latencyDrift(first, last);
  },
};

interface Third {
  readonly rateRps: number;
  readonly p50Us?: number | undefined;
}

/** The first and the last third, as the engine counted them. */
function byThirds({ thirds = [], durationMs }: LoadResult): readonly Third[] {
  return [thirds[0], thirds[2]].flatMap((third) =>
    third === undefined ? [] : [{ rateRps: third.answered / (durationMs / 3000), p50Us: third.p50Us }],
  );
}

/** The first and the last third of its whole seconds; none where they are fewer than three. */
function bySeconds({ seconds, durationMs }: LoadResult): readonly Third[] {
  const whole = seconds.slice(0, Math.floor(durationMs / 1000));
  if (whole.length < 3) return [];
  const size = Math.floor(whole.length / 3);
  return [whole.slice(0, size), whole.slice(-size)].map((third) => {
    const p50s = third.flatMap(({ p50Us }) => p50Us ?? []);
    return { rateRps: mean(third.map(({ answered }) => answered)), p50Us: p50s.length === 0 ? undefined : mean(p50s) };
  });
}

function rateDrift({ rateRps: before }: Third, { rateRps: after }: Third): Finding {
  const moved = Math.abs(after / (before || 1) - 1);
  return {
    held: moved <= mostRateDrift,
    text: `${grouped(before)}/s in the first third, ${grouped(after)}/s in the last, at most ${share(mostRateDrift)} apart`,
  };
}

function latencyDrift({ p50Us: before }: Third, { p50Us: after }: Third): Finding {
  if (before === undefined || after === undefined) return { held: true, text: 'no latency by time to see drift in' };
  const moved = Math.abs(after - before);
  return {
    held: moved <= Math.max(leastUs, mostLatencyDrift * before),
    text: `p50 ${Math.round(before)} µs in the first third, ${Math.round(after)} µs in the last, at most ${share(mostLatencyDrift)} apart`,
  };
}
