import { expect } from 'chai';
import type { Benchmark } from '../../../../src/model/benchmark.ts';
import type { Report } from '../../../../src/model/report.ts';
import { compareReports } from '../../../../src/run/benchmark/compare-reports.ts';
import { sampleReport } from '../../../sample-report.ts';

type Scenario = Benchmark['scenarios'][number];
type Point = Scenario['points'][number];

const sample = sampleReport.benchmark as Benchmark;
const [sampleRun] = sample.scenarios[0]?.points[0]?.runs ?? [];
const rates = [1000, 1001, 1002, 1003, 1004];

const pointOf = (connections: number, runs: readonly number[], more: { readonly void?: string } = {}): Point => ({
  name: `${connections} connections`,
  connections,
  runs: [],
  figures: [{ name: 'throughput', unit: 'requests/s', better: 'higher', side: 'a', runs, ...more }],
});

const scenarioOf = (id: string, points: readonly Point[], more: Partial<Scenario> = {}): Scenario => ({
  id,
  title: id,
  engine: 'open-loop',
  points,
  findings: {},
  ...more,
});

const reportOf = (scenarios: readonly Scenario[]): Report => ({
  ...sampleReport,
  benchmark: { ...sample, comparisons: [], scenarios },
});

describe('two reports held against each other', () => {
  const sound = reportOf([scenarioOf('throughput', [pointOf(64, rates), pointOf(256, rates)])]);

  it('lose a point that only the older has, with what broke the scenario off', () => {
    const newer = reportOf([scenarioOf('throughput', [pointOf(64, rates)], { problem: 'the controller died' })]);
    const { lost, leftOut, comparisons } = compareReports(sound, newer);
    expect(lost).to.deep.equal(['throughput, 256 connections: there is none after: the controller died']);
    expect(leftOut).to.deep.equal([]);
    expect(comparisons).to.have.length(1);
  });

  it('lose a scenario that only the older has', () => {
    const older = reportOf([...(sound.benchmark?.scenarios ?? []), scenarioOf('bodies', [pointOf(16, rates)])]);
    expect(compareReports(older, sound).lost).to.deep.equal([
      `bodies: there is none after: ${sound.run.problem?.message}`,
    ]);
    expect(compareReports(sound, older).lost).to.deep.equal([]);
  });

  it('lose what has too few runs, or one of nothing, and what the controller’s own failures void', () => {
    const against = (runs: readonly number[], more = {}) =>
      compareReports(sound, reportOf([scenarioOf('throughput', [pointOf(64, rates), pointOf(256, runs, more)])]));
    for (const runs of [rates.slice(0, 2), [...rates.slice(1), 0]])
      expect(against(runs).lost).to.deep.equal([
        'throughput, 256 connections, throughput: too few runs, or one of nothing',
      ]);
    const failing = against(rates, { void: 'failures in 2 of 10 runs: 3 % failed' });
    expect(failing.lost).to.deep.equal([
      'throughput, 256 connections, throughput: failures in 2 of 10 runs: 3 % failed',
    ]);
  });

  it('leave out, and do not lose, what the instrument spoilt, and what the older had not either', () => {
    const steal = { void: 'steal in 9 of 10 runs: 4 % stolen' };
    const spoilt = reportOf([scenarioOf('throughput', [pointOf(64, rates), pointOf(256, rates, steal)])]);
    for (const [older, newer] of [
      [sound, spoilt],
      [spoilt, sound],
      [spoilt, reportOf([scenarioOf('throughput', [pointOf(64, rates)])])],
    ] as const) {
      const { lost, leftOut } = compareReports(older, newer);
      expect(lost).to.deep.equal([]);
      expect(leftOut).to.have.length(1);
    }
  });

  it('tell two machines of one make apart, where both are known', () => {
    const on = (machine: string): Report => ({ ...sound, environment: { ...sound.environment, machine } });
    expect(compareReports(on('1f'), on('2e')).machines).to.deep.equal(['machine: 1f before, 2e after']);
    expect(compareReports(on('1f'), on('1f')).machines).to.deep.equal([]);
    expect(compareReports(sound, on('2e')).machines).to.deep.equal([]);
  });

  it('say that runs measured for another time', () => {
    const lasting = (durationMs: number): Report => {
      if (sampleRun === undefined) throw new Error('the sample has no run');
      const run = { ...sampleRun, result: { ...sampleRun.result, durationMs } };
      return reportOf([scenarioOf('throughput', [{ ...pointOf(64, rates), runs: [run, run] }])]);
    };
    expect(compareReports(lasting(10_000), lasting(2001)).differences).to.deep.equal([
      'measured time of a run: 10 s before, 2 s after',
    ]);
  });
});
