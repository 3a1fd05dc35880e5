import { expect } from 'chai';
import { exitCodes } from '../../../../src/model/errors.ts';
import type { Scenario } from '../../../../src/model/scenario.ts';
import { assertCarriedOut, placeRefusal } from '../../../../src/run/benchmark/refusals.ts';
import { readClusterProviders, readEngines } from '../../../../src/run/catalogue.ts';

const engines = await readEngines();
const providers = await readClusterProviders();

describe('where an engine makes its load', () => {
  for (const provider of providers)
    for (const engine of engines) {
      const shipped = engine.name === 'open-loop';
      const inContainer = ['kind', 'k3s'].includes(provider.name);
      it(`${inContainer && !shipped ? 'is not' : 'may be'} outside a cluster of ${provider.name} for ${engine.name}`, () => {
        const refusal = placeRefusal([engine], undefined, provider);
        if (inContainer && !shipped) expect(refusal).to.contain(engine.name).and.contain(provider.name);
        else expect(refusal).to.equal(undefined);
        expect(placeRefusal([engine], 2, provider)).to.equal(undefined);
      });
    }
});

describe('a rate that was asked for', () => {
  const scenario: Scenario = {
    id: 'benchmark/x',
    title: 'x',
    engine: 'open-loop',
    points: [{ name: 'fast', profile: 'smoke', load: { kind: 'rate', rateRps: 2_000_000 }, connections: 64 }],
  };
  const asked = (threads: number) => () =>
    assertCarriedOut([scenario], engines, { ids: [scenario.id], pods: undefined, durationMs: 1000, threads });

  it('is refused where the threads that there may be could never send it', () => {
    expect(asked(1)).to.throw('at most 1000000 by each thread').with.property('exitCode', exitCodes.usage);
    expect(asked(2)).not.to.throw();
  });
});
