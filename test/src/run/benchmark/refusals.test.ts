import { expect } from 'chai';
import { placeRefusal } from '../../../../src/run/benchmark/refusals.ts';
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
