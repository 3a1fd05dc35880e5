import type { BenchmarkSide } from '../../../../src/model/benchmark.ts';
import type { Report } from '../../../../src/model/report.ts';
import { nameOfSide } from '../charts/sides.ts';
import { Line } from '../text.tsx';

/** Which colour and shape is whose. */
export function SidesKey({ report, sides }: { readonly report: Report; readonly sides: readonly BenchmarkSide[] }) {
  return (
    <>
      {sides.map((side) => (
        <span key={side} class={`key side-${side}`}>
          <Line text={nameOfSide(report, side)} most={60} />
        </span>
      ))}
    </>
  );
}
