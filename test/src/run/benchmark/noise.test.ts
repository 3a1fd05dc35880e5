import { expect } from 'chai';
import type { BenchmarkFigure } from '../../../../src/model/benchmark.ts';
import { AssayError, exitCodes } from '../../../../src/model/errors.ts';
import type { Report } from '../../../../src/model/report.ts';
import { noiseFloorOf } from '../../../../src/run/benchmark/noise.ts';
import { sampleReport } from '../../../sample-report.ts';

describe('the noise floor of a report', () => {
  const runs = [0.98, 0.99, 1, 1.01, 1.02];
  const figure = (side: 'a' | 'b', times: number, reason?: string): BenchmarkFigure => ({
    name: 'throughput',
    unit: 'requests/s',
    better: 'higher',
    side,
    runs: runs.map((run) => 5000 * times * run),
    ...(reason !== undefined && { void: reason }),
  });

  /** A report of the controller against itself, with a point for each pair of figures. */
  function reportOf(...pairs: readonly (readonly [BenchmarkFigure, BenchmarkFigure])[]): Report {
    const { benchmark, controller } = sampleReport;
    const [scenario] = benchmark?.scenarios ?? [];
    const [point] = scenario?.points ?? [];
    if (benchmark === undefined || scenario === undefined || point === undefined) throw new Error('no benchmark');
    const { name, title, version } = controller;
    const points = pairs.map((figures, index) => ({ ...point, name: `point ${index}`, figures: [...figures] }));
    return {
      ...sampleReport,
      benchmark: { ...benchmark, against: { name, title, version }, scenarios: [{ ...scenario, points }] },
    };
  }

  it('is how far apart a thing came out from itself, in either direction, of what is not void', () => {
    const report = reportOf(
      [figure('a', 1), figure('b', 1.02)],
      [figure('a', 1.04), figure('b', 1)],
      [figure('a', 1), figure('b', 1.5, 'drift in 5 of 5 runs')],
    );
    const { share, comparisons } = noiseFloorOf(report, 'noise.json');
    expect(comparisons).to.equal(2);
    expect(share).to.be.closeTo(0.04, 1e-9);
  });

  it('is none where every figure is void', () => {
    const report = reportOf([figure('a', 1, 'steal in 5 of 5 runs'), figure('b', 1)]);
    expect(() => noiseFloorOf(report, 'noise.json'))
      .to.throw(AssayError, 'noise.json has no figure of both sides that is not void')
      .with.property('exitCode', exitCodes.usage);
  });
});
