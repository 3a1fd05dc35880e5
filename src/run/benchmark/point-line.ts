import { mainFigure } from '../../model/benchmark-words.ts';
import { figuresOf } from './figures.ts';
import { guarded, type PointRecord } from './record.ts';
import type { Side } from './side.ts';

/** One line for a point that is finished: the first figure of each side, and why it is void where it is. */
export function pointLine(record: PointRecord, sides: readonly Side[]): string {
  const figures = figuresOf(guarded(record));
  const told = sides.flatMap(({ side, title }) => {
    const figure = mainFigure({ figures, rateRps: record.rateRps }, side);
    if (figure?.median === undefined) return [];
    const { median, unit } = figure;
    const name = side === 'direct' ? 'direct' : title;
    const value = `${Number(median.estimate.toPrecision(4)).toLocaleString('en-US')} ${unit}`;
    return [figure.void === undefined ? `${name} ${value}` : `${name} void (${figure.void})`];
  });
  const rate = record.rateRps === undefined ? '' : ` (${record.rateRps.toLocaleString('en-US')}/s)`;
  return `  ${record.point.name}${rate}: ${told.join('; ') || 'nothing was measured'}`;
}
