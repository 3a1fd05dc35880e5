import type { BenchmarkFigure, BenchmarkSide, Guard } from './benchmark.ts';

/** Whether every guard of a run held. */
export const isBelieved = ({ guards }: { readonly guards: readonly Guard[] }): boolean =>
  guards.every(({ held }) => held);

/** Of all runs those that a figure is of: the believed ones of its side, or where it is void every one. */
export const runsOf = <Run extends { readonly side: BenchmarkSide; readonly guards: readonly Guard[] }>(
  { side, void: reason }: BenchmarkFigure,
  runs: readonly Run[],
): readonly Run[] => runs.filter((run) => run.side === side && (reason !== undefined || isBelieved(run)));
