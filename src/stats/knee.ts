import { assertSample } from './sample.ts';

/** Latency seen at one offered load. */
export interface LoadPoint {
  readonly rateRps: number;
  readonly latencyUs: number;
}

/**
 * The measured point after which latency grows faster than load: the one farthest below the straight line from the first
 * to the last (Kneedle of Satopää et al., without its smoothing). Nothing where no point lies at least `depth` of the
 * whole rise below that line, which is a curve without a knee. Only as sharp as the points are close.
 */
export function knee(points: readonly LoadPoint[], depth = 0.1): LoadPoint | undefined {
  assertSample(
    points.flatMap(({ rateRps, latencyUs }) => [rateRps, latencyUs]),
    6,
  );
  const ordered = [...points].sort((one, other) => one.rateRps - other.rateRps);
  const [first, last] = [ordered[0] as LoadPoint, ordered.at(-1) as LoadPoint];
  const rise = last.latencyUs - first.latencyUs;
  const span = last.rateRps - first.rateRps;
  if (rise <= 0 || span <= 0) return undefined;
  const below = ordered.map(
    (point) => (point.rateRps - first.rateRps) / span - (point.latencyUs - first.latencyUs) / rise,
  );
  const deepest = Math.max(...below);
  return deepest < depth ? undefined : ordered[below.indexOf(deepest)];
}
