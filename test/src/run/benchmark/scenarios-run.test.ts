import { expect } from 'chai';
import openLoop from '../../../../load/open-loop/index.ts';
import { exitCodes } from '../../../../src/model/errors.ts';
import type { Engine } from '../../../../src/model/load.ts';
import { silentProgress } from '../../../../src/model/progress.ts';
import type { Scenario } from '../../../../src/model/scenario.ts';
import type { BenchmarkRecord } from '../../../../src/run/benchmark/record.ts';
import { runScenarios } from '../../../../src/run/benchmark/scenarios-run.ts';
import { serving } from './bench.ts';
import { backEnd, groundAt } from './ground.ts';

const dying: Engine = { ...openLoop, name: 'dying', nodeOptions: ['--no-such-option'] };
const picky: Engine = { ...openLoop, name: 'picky', refuses: () => 'it makes none at all' };

const scenarioBy = (engine: Engine): Scenario => ({
  id: `benchmark/${engine.name}`,
  title: engine.name,
  engine: engine.name,
  points: [{ name: '4 connections', profile: 'smoke', load: { kind: 'saturation' }, connections: 4 }],
});

/** What became of scenarios, each by an engine of its own. */
async function broughtAbout(engines: readonly Engine[], scenarios = engines.map(scenarioBy)) {
  await using server = await serving(backEnd);
  const ground = groundAt(server.port, engines);
  await using _agents = ground.agents;
  const record: BenchmarkRecord = { profile: 'smoke', seed: 1, runsPerSide: 5, scenarios: [], judgeOptions: {} };
  const saved: number[] = [];
  const run = {
    wish: { scenarios },
    host: { progress: silentProgress },
    audience: { note() {} },
    record,
    save: async () => saved.push(record.scenarios.length),
  };
  const thrown = await runScenarios(run, ground).catch((error: unknown) => error);
  const runs = Object.fromEntries(
    record.scenarios.map(({ scenario, points }) => [scenario.engine, points.flatMap((point) => point.runs).length]),
  );
  return { thrown, runs, saved, problems: record.scenarios.map(({ problem }) => problem) };
}

describe('scenarios, one after the other', function () {
  this.timeout(60_000);

  it('stop no other where an engine dies, and are saved after each; the end says which was broken off', async () => {
    const { thrown, runs, saved, problems } = await broughtAbout([dying, openLoop]);
    expect(runs).to.deep.equal({ dying: 0, 'open-loop': 8 });
    expect(saved).to.deep.equal([1, 2]);
    expect(problems[0]).to.contain('the load engine dying gave no result').and.to.contain('--no-such-option');
    expect(problems[1]).to.equal(undefined);
    expect(thrown).to.include({ code: 'scenarios-broken', exitCode: exitCodes.environment });
    expect(thrown).to.have.property('message').that.contains('1 of 2 scenarios were broken off: benchmark/dying');
  });

  it('may go untried, as long as another is not', async () => {
    const { thrown, problems } = await broughtAbout([picky, openLoop]);
    expect(thrown).to.equal(undefined);
    expect(problems).to.deep.equal(['picky does not make such load: it makes none at all', undefined]);
  });

  it('are no result where none was tried', async () => {
    const { thrown } = await broughtAbout([picky]);
    expect(thrown).to.include({ code: 'nothing-measured', exitCode: exitCodes.environment });
    expect(thrown).to.have.property('message').that.contains('benchmark/picky: picky does not make such load');
  });

  it('are no result where the back-ends alone had load', async () => {
    const atRate = {
      name: '50 requests/s',
      profile: 'smoke',
      load: { kind: 'rate', rateRps: 50 },
      connections: 4,
    } as const;
    const scenario = { ...scenarioBy(picky), capacityBy: 'open-loop', points: [atRate] };
    const { thrown, runs } = await broughtAbout([picky, openLoop], [scenario]);
    expect(runs).to.deep.equal({ picky: 3 });
    expect(thrown).to.include({ code: 'nothing-measured' });
  });
});
