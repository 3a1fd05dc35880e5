import type { BenchmarkFigure, BenchmarkSide, Guard } from './benchmark.ts';

/** Whether every guard of a run held. */
export const isBelieved = ({ guards }: { readonly guards: readonly Guard[] }): boolean =>
  guards.every(({ held }) => held);

/** The runs that a figure is of: the believed ones of its side; where it is void, all of its side. */
export const runsOf = <Run extends { readonly side: BenchmarkSide; readonly guards: readonly Guard[] }>(
  { side, void: reason }: BenchmarkFigure,
  runs: readonly Run[],
): readonly Run[] => runs.filter((run) => run.side === side && (reason !== undefined || isBelieved(run)));
