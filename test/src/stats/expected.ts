import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { packageRoot } from '../../../src/paths.ts';

interface Sides {
  readonly a: readonly number[];
  readonly b: readonly number[];
}
interface Bounds {
  readonly lower: number | null;
  readonly upper: number | null;
}

interface Expected {
  readonly mannWhitney: readonly (Sides & { u: number; p: number })[];
  readonly tied: readonly (Sides & { u: number; p: number })[];
  readonly large: readonly (Sides & { u: number; p: number })[];
  readonly shift: readonly (Sides & Bounds & { estimate: number })[];
  readonly pairedRatio: readonly (Sides & { estimate: number; lower: number; upper: number })[];
  readonly failureRate: readonly { failures: number; requests: number; level: number; lower: number; upper: number }[];
  readonly holm: readonly { ps: readonly number[]; adjusted: readonly number[] }[];
  readonly normal: readonly (readonly [x: number, chance: number])[];
  readonly student: readonly (readonly [chance: number, freedom: number, value: number])[];
  readonly logGamma: readonly (readonly [x: number, value: number])[];
  readonly histogram: {
    readonly encoded: string;
    readonly count: number;
    readonly percentiles: readonly (readonly [percentile: number, us: number])[];
  };
  readonly beta: readonly (readonly [x: number, a: number, b: number, chance: number])[];
}

/** What SciPy, and for histograms HdrHistogram's Python, make of the same figures; expected.py beside it wrote it. */
export const expected: Expected = JSON.parse(readFileSync(join(packageRoot, 'test/src/stats/expected.json'), 'utf8'));

/** Holds a number against another within a share of it; what is infinite must be. */
export function expectClose(actual: number, wanted: number, share = 1e-10): void {
  if (!Number.isFinite(wanted)) expect(actual).to.equal(wanted);
  else expect(actual).to.be.closeTo(wanted, Math.abs(wanted) * share + 1e-300, `${actual} for ${wanted}`);
}
