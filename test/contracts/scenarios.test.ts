import { expect } from 'chai';
import type { Engine } from '../../src/model/load.ts';
import { profiles } from '../../src/model/scenario.ts';
import { orderOf, targetOf } from '../../src/run/benchmark/order.ts';
import { readEngines, readScenarios } from '../../src/run/catalogue.ts';

const engines = await readEngines();
const scenarios = await readScenarios();

describe('every scenario', () => {
  it('has a title that no other has', () => {
    expect(new Set(scenarios.map(({ title }) => title)).size).to.equal(scenarios.length);
  });

  for (const { id, title, engine, points } of scenarios) {
    describe(id, () => {
      it('says what it measures, without a full stop, and names an engine', () => {
        expect(title).to.match(/[^.]$/);
        expect(engines.map(({ name }) => name)).to.include(engine);
      });

      it('has points of different names, each of a profile', () => {
        expect(points).to.not.be.empty;
        expect(new Set(points.map(({ name }) => name)).size).to.equal(points.length);
        for (const { profile } of points) expect(profiles).to.include(profile);
      });

      for (const point of points) {
        it(`has load at "${point.name}" that its engine makes`, () => {
          const target = targetOf(point, { address: '127.0.0.1', http: 80, https: 443 }, 'a.load.example');
          const rateRps = point.load.kind === 'saturation' ? undefined : 100;
          const terms = { warmUpMs: 0, durationMs: 1000, seed: 1, threads: 1, programs: {} };
          const made = engines.find(({ name }) => name === engine) as Engine;
          expect(made.refuses(orderOf(made, point, target, rateRps, terms))).to.equal(undefined);
        });
      }
    });
  }
});
