import { expect } from 'chai';
import type { BenchmarkSide } from '../../../../src/model/benchmark.ts';
import type { LoadResult } from '../../../../src/model/load.ts';
import { comparisonsOf } from '../../../../src/run/benchmark/compare.ts';
import { figuresOf, type GuardedRun, voidReason } from '../../../../src/run/benchmark/figures.ts';
import { benchmarkOf } from '../../../../src/run/benchmark/record.ts';
import { turnsOf } from '../../../../src/run/benchmark/turns.ts';
import { encodeHistogram, newHistogram, record } from '../../../../src/stats/histogram.ts';
import { medianInterval } from '../../../../src/stats/median-interval.ts';
import { orderTo } from './bench.ts';

/** A quiet machine. */
const used = { machine: { seconds: 1, cpus: 2, busyShare: 0.5, stolenShare: 0 }, ownCpus: 0 };

/** What an engine would have said of a second with so many right answers. */
const resultOf = (answered: number, more: Partial<LoadResult> = {}): LoadResult => ({
  engine: 'open-loop',
  engineVersion: '1',
  durationMs: 1000,
  offered: answered,
  answered,
  failures: {},
  bytesReceived: 0,
  connectionsOpened: 16,
  seconds: [],
  generator: { cpuShare: 0.1, dropped: 0 },
  ...more,
});

const runOf = (side: BenchmarkSide, answered: number, breached: readonly string[] = []): GuardedRun => ({
  run: { side, startedAtMs: 0, order: orderTo(1), result: resultOf(answered) },
  guards: ['steal', 'failures'].map((name) => ({ name, held: !breached.includes(name), text: `${name} was seen` })),
});

describe('the figures of a point', () => {
  it('leave out runs that the instrument spoilt, while five are left', () => {
    const runs = [1000, 1010, 1020, 1030, 1040, 1050].map((rate, index) =>
      runOf('a', rate, index === 3 ? ['steal'] : []),
    );
    const [throughput] = figuresOf(runs);
    expect(throughput).to.deep.include({ name: 'throughput', runs: [1000, 1010, 1020, 1040, 1050] });
    expect(throughput?.void).to.equal(undefined);
  });

  it('are void where fewer are left, with the reason met most often, and show what was seen', () => {
    const runs = [1000, 1010, 1020, 1030, 1040, 1050].map((rate, index) =>
      runOf('a', rate, index < 2 ? ['steal'] : []),
    );
    const [throughput] = figuresOf(runs);
    expect(throughput?.void).to.equal('steal in 2 of 6 runs: steal was seen');
    expect(throughput?.runs).to.have.length(6);
  });

  it('are void for the direct road, which is asked half as often, where fewer than three runs are left', () => {
    const spoilt = (runs: number) =>
      voidReason(Array.from({ length: 5 }, (_, index) => runOf('direct', 1000, index < runs ? ['steal'] : [])));
    expect(spoilt(2)).to.equal(undefined);
    expect(spoilt(3)).to.equal('steal in 3 of 5 runs: steal was seen');
  });

  it('are void where fewer than five runs tell what they are of', () => {
    const cpus = (known: number) => {
      const runs = Array.from({ length: 6 }, (_, index) => {
        const { run, guards } = runOf('a', 1000);
        return { run: index < known ? { ...run, used: { ...used, sideCpus: 0.5 } } : run, guards };
      });
      return figuresOf(runs).find(({ name }) => name === 'requests per CPU-second')?.void;
    };
    expect(cpus(5)).to.equal(undefined);
    expect(cpus(4)).to.equal('not known of 2 of 6 runs');
  });

  it('are void where the controller failed in one run of many: what went badly is not left out', () => {
    const runs = Array.from({ length: 20 }, (_, index) => runOf('a', 1000, index === 7 ? ['failures'] : []));
    expect(voidReason(runs)).to.equal('failures in 1 of 20 runs: failures was seen');
  });

  it('hold late answers against nobody while the machine had too little to give, and wrong ones against who gave them', () => {
    const runs = Array.from({ length: 6 }, (_, index) => runOf('a', 1000, index === 0 ? ['failures', 'steal'] : []));
    expect(voidReason(runs)).to.equal(undefined);
    expect(voidReason(runs.slice(0, 5))).to.equal('steal in 1 of 5 runs: steal was seen');
    const wrong = { run: { ...runOf('a', 1000).run, result: resultOf(1000, { failures: { 'status-5xx': 20 } }) } };
    expect(voidReason(runs.map((run, index) => (index === 0 ? { ...run, ...wrong } : run)))).to.match(/^failures/);
  });

  it('name the controller’s own breach before the instrument’s', () => {
    const runs = Array.from({ length: 6 }, (_, index) => runOf('a', 1000, index === 0 ? ['failures'] : ['steal']));
    expect(voidReason(runs)).to.match(/^failures/);
  });

  it('have latency only at a rate, under another name where it is not from the time a request was to be sent', () => {
    const histogram = newHistogram();
    for (let us = 1; us <= 1000; us += 1) record(histogram, us);
    const latency = { since: 'intended' as const, histogram: encodeHistogram(histogram) };
    const of = (order: GuardedRun['run']['order'], since: 'intended' | 'sent') => {
      const result = resultOf(1000, { latency: { ...latency, since } });
      return figuresOf([{ run: { side: 'a', startedAtMs: 0, order, result }, guards: [] }]).map(({ name }) => name);
    };
    const rate = orderTo(1, { shape: { kind: 'rate', rateRps: 1000, arrivals: 'constant' } });
    expect(of(rate, 'intended')).to.deep.equal(['latency p50', 'latency p90', 'latency p99', 'latency p99.9']);
    expect(of(rate, 'sent')).to.deep.equal(
      ['p50', 'p90', 'p99', 'p99.9'].map((percentile) => `latency ${percentile} from sending`),
    );
    expect(of(orderTo(1), 'intended')).to.deep.equal(['throughput']);
  });
});

describe('the benchmark of a record', () => {
  const point = {
    name: '16 connections',
    profile: 'smoke' as const,
    load: { kind: 'saturation' as const },
    connections: 16,
  };

  const benchmarkWith = (
    rates: (side: BenchmarkSide, index: number) => number,
    failing: BenchmarkSide | 'none' = 'none',
  ) => {
    const runs = turnsOf(10, 1, true).map((side, index) => ({
      side,
      startedAtMs: index,
      order: orderTo(1),
      used,
      result: resultOf(rates(side, index), side === failing ? { failures: { 'status-5xx': 500 } } : {}),
    }));
    return benchmarkOf({
      profile: 'smoke',
      seed: 1,
      runsPerSide: 10,
      judgeOptions: {},
      scenarios: [
        {
          scenario: { id: 'benchmark/x', title: 'x', engine: 'open-loop', points: [point] },
          points: [{ point, runs }],
          findings: {},
        },
      ],
    });
  };

  it('judges two sides run beside run', () => {
    const { comparisons } = benchmarkWith((side, index) =>
      side === 'direct' ? 9000 : side === 'a' ? 1000 + index : 1500 + index,
    );
    expect(comparisons).to.have.length(1);
    expect(comparisons[0]).to.include({ figure: 'throughput', verdict: 'better' });
    expect(comparisons[0]?.paired?.estimate).to.be.closeTo(1.5, 0.02);
  });

  it('compares no fewer than five runs a side', () => {
    const apart = (runs: number) => ({
      scenario: 'benchmark/x',
      point: '16 connections',
      figure: 'throughput',
      better: 'higher' as const,
      a: Array.from({ length: runs }, (_, index) => 1000 + index),
      b: Array.from({ length: runs }, (_, index) => 500 + index),
    });
    expect(comparisonsOf([apart(4)], 1)).to.deep.equal([]);
    expect(comparisonsOf([apart(5)], 1)).to.have.length(1);
    expect(comparisonsOf([{ ...apart(5), b: apart(4).b }], 1)).to.deep.equal([]);
  });

  it('never compares a void figure', () => {
    const { comparisons, scenarios } = benchmarkWith((side) => (side === 'direct' ? 9000 : 1000), 'b');
    expect(comparisons).to.deep.equal([]);
    const voided = scenarios[0]?.points[0]?.figures.filter((figure) => figure.void !== undefined);
    expect(voided?.map(({ side }) => side)).to.deep.equal(['b']);
  });

  it('calls a figure generator-bound that is near the direct one', () => {
    const { scenarios } = benchmarkWith((side) => (side === 'direct' ? 1500 : 1000));
    expect(scenarios[0]?.points[0]?.figures.find(({ side }) => side === 'a')?.void).to.match(
      /^baseline in 10 of 10 runs: generator-bound/,
    );
  });
});

describe('the interval of a median', () => {
  it('has no bounds for five figures, and the outermost for six', () => {
    expect(medianInterval([1, 2, 3, 4, 5])).to.deep.equal({ estimate: 3, level: 0.95 });
    expect(medianInterval([1, 2, 3, 4, 5, 6])).to.deep.equal({ estimate: 3.5, lower: 1, upper: 6, level: 0.95 });
  });

  it('has the bounds of the sign test: the second of ten, the sixth of twenty', () => {
    const upTo = (size: number) => Array.from({ length: size }, (_, index) => index + 1);
    expect(medianInterval(upTo(10))).to.include({ lower: 2, upper: 9 });
    expect(medianInterval(upTo(20))).to.include({ lower: 6, upper: 15 });
  });
});
