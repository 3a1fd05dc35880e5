import { expect } from 'chai';
import { valuesOf, wordOf } from '../../../src/kit/observe.ts';
import { answer } from './answer.ts';

const words = { hit: 'taken', 404: 'not taken', '5xx': 'failed', reset: 'cut off' };

describe('an observation in words', () => {
  it('goes by who answered, whatever the status', () => {
    expect(wordOf(answer(404, 'hit'), words)).to.equal('taken');
    expect(wordOf(answer(404, 'miss'), words)).to.equal('otherwise');
  });

  it('goes by the status where none of our back-ends answered, or by its class', () => {
    expect(wordOf(answer(404), words)).to.equal('not taken');
    expect(wordOf(answer(502), words)).to.equal('failed');
    expect(wordOf(answer(200), words)).to.equal('otherwise');
  });

  it('goes by the cause where no answer came', () => {
    expect(wordOf({ kind: 'failed', cause: 'reset', message: '' }, words)).to.equal('cut off');
    expect(wordOf({ kind: 'failed', cause: 'timeout', message: '' }, words)).to.equal('otherwise');
  });

  it('has a closed list of values', () => {
    expect(valuesOf({ hit: 'taken', miss: 'taken' })).to.deep.equal(['taken', 'otherwise', 'changing']);
  });
});
