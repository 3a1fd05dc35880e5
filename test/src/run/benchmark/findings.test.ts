import { expect } from 'chai';
import type { LoadFailure, LoadResult } from '../../../../src/model/load.ts';
import type { ScenarioPoint } from '../../../../src/model/scenario.ts';
import { capacityIn, kneeIn } from '../../../../src/run/benchmark/capacity.ts';
import { lastAgainstFirst } from '../../../../src/run/benchmark/last-against-first.ts';
import type { MeasuredRun } from '../../../../src/run/benchmark/measured-run.ts';
import type { PointRecord } from '../../../../src/run/benchmark/record.ts';
import { encodeHistogram, newHistogram, record } from '../../../../src/stats/histogram.ts';
import { atRate, orderTo } from './bench.ts';

const used = { machine: { seconds: 1, cpus: 2, busyShare: 0.5, stolenShare: 0 }, ownCpus: 0 };

type Failures = Partial<Record<LoadFailure, number>>;

const latencyOf = (us: number, since: 'intended' | 'sent'): LoadResult['latency'] => {
  const histogram = newHistogram();
  record(histogram, us);
  return { since, histogram: encodeHistogram(histogram) };
};

/** Five runs of side `a`, of which the third failed so, and one of the back-ends, which are ten times as fast. */
function pointOf(
  point: Partial<ScenarioPoint>,
  answered: number,
  {
    failures = {} as Failures,
    rateRps = undefined as number | undefined,
    us = 1000,
    since = 'intended' as 'intended' | 'sent',
  } = {},
): PointRecord {
  const served = (index: number) => (index === 5 ? 10 * answered : answered);
  const runs = Array.from(
    { length: 6 },
    (_, index): MeasuredRun => ({
      side: index === 5 ? 'direct' : 'a',
      startedAtMs: index,
      order: orderTo(1, rateRps === undefined ? {} : atRate(rateRps)),
      used,
      result: {
        engine: 'open-loop',
        engineVersion: '1',
        durationMs: 1000,
        offered: served(index),
        answered: served(index),
        failures: index === 2 ? failures : {},
        bytesReceived: 0,
        connectionsOpened: 16,
        latency: latencyOf(us, since),
        seconds: [],
        generator: { cpuShare: 0.1, dropped: 0 },
      },
    }),
  );
  return {
    point: { name: `${answered}`, profile: 'smoke', load: { kind: 'saturation' }, connections: 16, ...point },
    rateRps,
    runs,
  };
}

const failing: Failures = { 'status-5xx': 500 };

describe('what a scenario finds', () => {
  it('is a capacity from void figures only with a caution, even where most runs are believed', () => {
    const found = (failures: Failures) =>
      capacityIn(
        [
          {
            scenario: { id: 'benchmark/x', title: 'x', engine: 'open-loop', points: [] },
            points: [pointOf({}, 1000, { failures }), pointOf({ connections: 64 }, 2000)],
            findings: {},
          },
        ],
        ['a'],
      );
    expect(found({})).to.deep.equal({ rateRps: 2000, sides: { a: { rateRps: 2000, connections: 64 } } });
    expect(found(failing)?.caution).to.equal('void figures went into it: 1000 of a is void');
  });

  it('is a knee from no void point, and from no latency that begins when a request is sent', () => {
    const knee = (more: { readonly failures?: Failures; readonly since?: 'sent' } = {}) =>
      kneeIn(
        [
          pointOf({}, 100, { rateRps: 100, us: 1000 }),
          pointOf({}, 200, { rateRps: 200, us: 1000, ...more }),
          pointOf({}, 300, { rateRps: 300, us: 9000 }),
        ],
        'a',
      );
    expect(knee()?.rateRps).to.equal(200);
    expect(knee({ failures: failing })).to.equal(undefined);
    expect(knee({ since: 'sent' })).to.equal(undefined);
  });

  it('is the last of many routes against the first, where neither is void', () => {
    const routes = (ask: 'first' | 'last') => ({ routes: { count: 100, ask } });
    const held = (failures: Failures) =>
      lastAgainstFirst([pointOf(routes('first'), 1000), pointOf(routes('last'), 500, { failures })], 'a');
    expect(Object.keys(held({}))).to.deep.equal(['throughput of the last of 100 routes, of a']);
    expect(held(failing)).to.deep.equal({});
  });
});
