import type { BenchmarkSide } from '../../../../src/model/benchmark.ts';
import { printableLine } from '../../../../src/model/printable.ts';
import type { Report } from '../../../../src/model/report.ts';

/** In the order in which they are shown. Written out once more, since the model's own would bring the schema's library into the page. */
export const sides = ['direct', 'a', 'b'] as const satisfies readonly BenchmarkSide[];

/** The colour of a side, which the page's style gives for light and dark. */
export const colourOf = (side: BenchmarkSide): string => `var(--side-${side})`;

/** Told apart by shape too. */
export const symbolOf = { a: 'circle', b: 'diamond', direct: 'square' } as const;

/** What a side is called on the page. */
export function nameOfSide({ controller, benchmark }: Report, side: BenchmarkSide): string {
  if (side === 'direct') return 'back-ends directly';
  return printableLine(side === 'a' ? controller.title : (benchmark?.against?.title ?? 'the other'));
}
