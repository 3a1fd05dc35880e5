import type { Profile } from '../../model/scenario.ts';

/** How often and how long a profile measures at each point. */
export interface Measure {
  readonly runs: number;
  readonly warmUpMs: number;
  readonly durationMs: number;
}

/** `smoke`: does it work, and about how much, with one run to spare. `standard`: a comparison. `publish`: figures for others to read. */
export const measures: Readonly<Record<Profile, Measure>> = {
  smoke: { runs: 6, warmUpMs: 1_000, durationMs: 2_000 },
  standard: { runs: 10, warmUpMs: 2_000, durationMs: 5_000 },
  publish: { runs: 20, warmUpMs: 5_000, durationMs: 30_000 },
};

/** Fewer runs of a side are not judged: even ten figures that part entirely have a p of 0.008. */
export const fewestRuns = 5;

/** The direct road is asked half as often, and never judged. */
export const fewestDirectRuns = 3;
