import { expect } from 'chai';
import openLoop from '../../../../load/open-loop/index.ts';
import { exitCodes } from '../../../../src/model/errors.ts';
import type { Engine } from '../../../../src/model/load.ts';
import type { ScenarioPoint } from '../../../../src/model/scenario.ts';
import { guarded, type ScenarioRecord } from '../../../../src/run/benchmark/record.ts';
import { awaitServed, runScenario } from '../../../../src/run/benchmark/scenario-run.ts';
import { serving } from './bench.ts';
import { backEnd, groundAt } from './ground.ts';

const at = (rateRps: number): ScenarioPoint => ({
  name: `${rateRps} requests/s`,
  profile: 'smoke',
  load: { kind: 'rate', rateRps },
  connections: 16,
});

/** A scenario of one point, run against a server on this port as controller and as back-ends. */
async function scenarioAt(port: number, point: ScenarioPoint, engine: Engine = openLoop): Promise<ScenarioRecord> {
  const record: ScenarioRecord = {
    scenario: { id: 'benchmark/x', title: 'x', engine: engine.name, points: [point] },
    points: [],
    findings: {},
  };
  const ground = groundAt(port, [engine]);
  await using _agents = ground.agents;
  await runScenario(record, [], ground);
  return record;
}

describe('a scenario at a rate that was named', function () {
  this.timeout(30_000);

  it('asks the back-ends directly how much is to be had, and holds the rate against that', async () => {
    await using server = await serving(backEnd);
    const { points, problem } = await scenarioAt(server.port, at(50));
    expect(problem).to.equal(undefined);
    const [proof, rated] = points;
    expect(points).to.have.length(2);
    expect(new Set(proof?.runs.map(({ side, order }) => `${side} ${order.shape.kind}`))).to.deep.equal(
      new Set(['direct saturation']),
    );
    const baselines =
      rated === undefined
        ? []
        : guarded(rated).flatMap(({ guards }) => guards.filter(({ name }) => name === 'baseline'));
    expect(baselines).to.have.length(5);
    expect(baselines[0]?.text).to.match(/directly, .* times as many as are offered/);
  });

  it('goes on where the engine cannot find out, and says so in its guard', async () => {
    await using server = await serving(backEnd);
    const rateOnly: Engine = {
      ...openLoop,
      refuses: (order) => (order.shape.kind === 'saturation' ? 'a rate only' : openLoop.refuses(order)),
    };
    const { points, problem } = await scenarioAt(server.port, at(50), rateOnly);
    expect(problem).to.equal(undefined);
    expect(points).to.have.length(1);
    const baseline = points
      .flatMap(guarded)
      .flatMap(({ guards }) => guards.filter(({ name }) => name === 'baseline'))[0];
    expect(baseline?.text).to.contain('cannot be seen here');
  });
});

describe('a controller that does not serve what the load will ask for', () => {
  it('is named with the way to find out why', async () => {
    await using server = await serving(); // it answers, and not as the back-ends do
    const { agents, sides, bench } = groundAt(server.port);
    await using _agents = agents;
    const thrown = await awaitServed(agents, sides, 300, bench.signal).catch((error: unknown) => error);
    expect(thrown).to.include({ code: 'route-not-served', exitCode: exitCodes.environment });
    expect(thrown).to.have.property('message').that.contains(`at 127.0.0.1:${server.port}`);
    expect(thrown).to.have.property('next').that.contains('conformance');
  });
});
