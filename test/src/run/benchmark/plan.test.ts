import { expect } from 'chai';
import { planScenarios } from '../../../../src/run/benchmark/plan.ts';
import { pairsIn, turnsOf } from '../../../../src/run/benchmark/turns.ts';
import { readScenarios } from '../../../../src/run/catalogue.ts';

const scenarios = await readScenarios();
const namesIn = (planned: ReturnType<typeof planScenarios>) =>
  planned.flatMap(({ id, points }) => points.map(({ name }) => `${id}: ${name}`));

describe('the plan of a benchmark', () => {
  it('has more of each profile than of the one before', () => {
    const [smoke, standard, publish] = (['smoke', 'standard', 'publish'] as const).map((profile) =>
      namesIn(planScenarios(scenarios, { profile })),
    );
    expect(standard).to.include.members(smoke ?? []);
    expect(publish).to.include.members(standard ?? []);
    expect(publish?.length).to.be.greaterThan(standard?.length ?? 0);
  });

  it('measures capacity before shares of it are asked for, and many routes last', () => {
    const ids = planScenarios(scenarios, { profile: 'publish' }).map(({ id }) => id);
    expect(ids[0]).to.equal('benchmark/throughput');
    expect(ids.at(-1)).to.equal('benchmark/many-routes');
  });

  it('runs a scenario that is named whatever the profile', () => {
    expect(namesIn(planScenarios(scenarios, { profile: 'smoke', ids: ['benchmark/http2'] }))).to.have.length(1);
  });

  it('offers the rate that was asked for instead of shares, once', () => {
    const [latency] = planScenarios(scenarios, { profile: 'publish', ids: ['benchmark/latency'], rateRps: 750 });
    expect(latency?.points.map(({ name, load }) => [name, load])).to.deep.equal([
      ['750 requests/s', { kind: 'rate', rateRps: 750 }],
    ]);
  });

  it('has the connections, the engine and the number of Ingresses that were asked for', () => {
    const [throughput] = planScenarios(scenarios, {
      profile: 'publish',
      ids: ['benchmark/throughput'],
      connections: 32,
      engine: 'wrk',
    });
    expect(throughput).to.include({ engine: 'wrk' });
    expect(throughput?.points.map(({ name, connections }) => [name, connections])).to.deep.equal([
      ['32 connections', 32],
    ]);
    const [many] = planScenarios(scenarios, { profile: 'smoke', grep: 'many-routes', scale: 10_000 });
    expect(many?.points.map(({ routes }) => routes)).to.deep.equal([
      { count: 10_000, ask: 'first' },
      { count: 10_000, ask: 'last' },
    ]);
  });

  it('names the scenario that was meant, and says so where nothing is left', () => {
    const plan = (more: object) => () => planScenarios(scenarios, { profile: 'smoke', ...more });
    expect(plan({ ids: ['benchmark/latncy'] })).to.throw('Did you mean benchmark/latency?');
    expect(plan({ grep: 'nothing like it' })).to.throw('no scenario is left');
    expect(plan({ grep: '(' })).to.throw('not a regular expression');
  });
});

describe('whose turn it is', () => {
  it('gives each side as many runs, in blocks that the back-ends open', () => {
    const turns = turnsOf(10, 7, true);
    for (const [side, count] of [
      ['a', 10],
      ['b', 10],
      ['direct', 5],
    ] as const)
      expect(turns.filter((turn) => turn === side)).to.have.length(count);
    expect(turns.filter((_, index) => index % 5 === 0).every((turn) => turn === 'direct')).to.equal(true);
    for (let block = 0; block < 5; block += 1)
      expect(turns.slice(5 * block + 1, 5 * block + 5).join('')).to.match(/^(abba|baab)$/);
  });

  it('is the same for the same seed', () => {
    expect(turnsOf(20, 3, true)).to.deep.equal(turnsOf(20, 3, true));
    expect(turnsOf(20, 3, true)).to.not.deep.equal(turnsOf(20, 4, true));
  });

  it('pairs each run of a side with its neighbour of the other', () => {
    const turns = turnsOf(10, 7, true);
    const pairs = pairsIn(turns);
    for (let pair = 0; pair < 10; pair += 1) {
      const own = turns.filter((side, turn) => side !== 'direct' && pairs[turn] === pair);
      expect([...own].sort()).to.deep.equal(['a', 'b']);
    }
    expect(pairs.slice(0, 10)).to.deep.equal([0, 0, 0, 1, 1, 2, 2, 2, 3, 3]);
  });

  it('alternates a controller alone with the back-ends', () => {
    expect(turnsOf(5, 1, false)).to.deep.equal(['direct', 'a', 'a', 'direct', 'a', 'a', 'direct', 'a']);
  });
});
