import type { BenchmarkFigure } from '../../../../src/model/benchmark.ts';
import { Value } from '../number.tsx';
import { Line } from '../text.tsx';

/** One figure in words: the median and its interval, or why it is void. */
export function FigureCell({ figure }: { readonly figure: BenchmarkFigure }) {
  const { median, unit, runs } = figure;
  if (figure.void !== undefined) {
    return (
      <span class="void">
        <s>{median === undefined ? '–' : <Value of={median.estimate} unit={unit} />}</s>{' '}
        <span class="void-reason">
          void: <Line text={figure.void} />
        </span>
      </span>
    );
  }
  if (median === undefined) return <span class="empty">no run to be believed</span>;
  return (
    <span>
      <Value of={median.estimate} unit={unit} />
      {median.lower !== undefined && median.upper !== undefined && (
        <span class="interval">
          {' '}
          <Value of={median.lower} /> to <Value of={median.upper} />
        </span>
      )}
      <span class="unseen"> of {runs.length} runs</span>
    </span>
  );
}
