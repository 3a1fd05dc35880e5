import type { BenchmarkFigure } from '../../../../src/model/benchmark.ts';
import { printableLine } from '../../../../src/model/printable.ts';
import { Line } from '../text.tsx';
import { Value } from '../value.tsx';

function Median({ figure: { median, unit } }: { readonly figure: BenchmarkFigure }) {
  if (median === undefined) return <>–</>;
  return (
    <>
      <Value of={median.estimate} unit={printableLine(unit)} />
      {median.lower !== undefined && median.upper !== undefined && (
        <span class="interval">
          {' '}
          <Value of={median.lower} /> to <Value of={median.upper} />
        </span>
      )}
    </>
  );
}

/** One figure in words: the median and its interval; a void one struck through, and why it is void. */
export function FigureCell({ figure }: { readonly figure: BenchmarkFigure }) {
  if (figure.void !== undefined) {
    return (
      <span class="void">
        <s>
          <Median figure={figure} />
        </s>{' '}
        <span class="void-reason">
          void: <Line text={figure.void} />
        </span>
      </span>
    );
  }
  if (figure.median === undefined) return <span class="empty">no run to be believed</span>;
  return (
    <span>
      <Median figure={figure} />
      <span class="unseen"> of {figure.runs.length} runs</span>
    </span>
  );
}
