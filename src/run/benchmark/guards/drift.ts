import { mean } from '../../../stats/sample.ts';
import type { MeasuredRun } from '../measured-run.ts';
import { type GuardRule, grouped, share } from './guard.ts';

const mostRateDrift = 0.1;
const mostLatencyDrift = 0.5;
/** What latency may move by whatever it was: a few tens of microseconds are no drift. */
const leastUs = 200;

/** The first and the last third of a run agree: it had warmed up, and nothing came or went. */
export const drift: GuardRule = {
  name: 'drift',
  about: 'instrument',
  look(run) {
    const whole = run.result.seconds.slice(0, Math.floor(run.result.durationMs / 1000));
    if (whole.length < 3) return { held: true, text: `${whole.length} whole seconds are too few to see drift` };
    const size = Math.floor(whole.length / 3);
    return run.order.shape.kind === 'saturation'
      ? rateDrift(whole.slice(0, size), whole.slice(-size))
      : latencyDrift(whole.slice(0, size), whole.slice(-size));
  },
};

type Seconds = MeasuredRun['result']['seconds'];

function rateDrift(first: Seconds, last: Seconds) {
  const [before, after] = [first, last].map((third) => mean(third.map(({ answered }) => answered)));
  const moved = Math.abs((after ?? 0) / (before || 1) - 1);
  return {
    held: moved <= mostRateDrift,
    text: `${grouped(before ?? 0)}/s in the first third, ${grouped(after ?? 0)}/s in the last, at most ${share(mostRateDrift)} apart`,
  };
}

function latencyDrift(first: Seconds, last: Seconds) {
  const [before, after] = [first, last]
    .map((third) => third.flatMap(({ p50Us }) => p50Us ?? []))
    .map((us) => (us.length === 0 ? undefined : mean(us)));
  if (before === undefined || after === undefined) return { held: true, text: 'no latency by second to see drift in' };
  const moved = Math.abs(after - before);
  return {
    held: moved <= Math.max(leastUs, mostLatencyDrift * before),
    text: `p50 ${Math.round(before)} µs in the first third, ${Math.round(after)} µs in the last, at most ${share(mostLatencyDrift)} apart`,
  };
}
