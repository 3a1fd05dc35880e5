import { expect } from 'chai';
import { AssayError, exitCodes } from '../../../src/model/errors.ts';
import { choose, editDistance, nearest } from '../../../src/run/choose.ts';

const names = ['traefik', 'contour', 'haproxy'];

describe('choose', () => {
  it('gives the member of that name', () => {
    expect(choose('controller', 'contour', names, (name) => name)).to.equal('contour');
  });

  it('proposes the nearest name, as a usage error', () => {
    expect(() => choose('controller', 'treafik', names, (name) => name))
      .to.throw(AssayError, 'unknown controller "treafik". Did you mean traefik?')
      .with.property('exitCode', exitCodes.usage);
  });

  it('lists what there is where nothing is near', () => {
    expect(() => choose('controller', 'x', names, (name) => name)).to.throw('There is: traefik, contour, haproxy.');
  });

  it('measures the edits between two words', () => {
    expect(editDistance('kitten', 'sitting')).to.equal(3);
    expect(editDistance('', 'abc')).to.equal(3);
    expect(editDistance('same', 'same')).to.equal(0);
  });

  it('does not mind case', () => {
    expect(nearest('Traefik', names)).to.equal('traefik');
  });
});
