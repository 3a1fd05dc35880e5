import { expect } from 'chai';
import { fateOf, type OddPath } from '../../../src/kit/odd-path.ts';
import { answer } from './answer.ts';

const odd: OddPath = { sent: '/foo//bar', normal: '/foo/bar', route: '/foo/bar' };

describe('the fate of an odd path', () => {
  it('tells by which reading it was matched, and in which it was passed on', () => {
    expect(fateOf(odd, answer(200, 'miss', '/foo//bar'))).to.equal('unchanged');
    expect(fateOf(odd, answer(200, 'hit', '/foo/bar'))).to.equal('normalised');
    expect(fateOf(odd, answer(200, 'hit', '/foo//bar'))).to.equal('matched normalised, passed on unchanged');
    expect(fateOf(odd, answer(200, 'miss', '/foo/bar'))).to.equal('matched unchanged, passed on normalised');
    expect(fateOf(odd, answer(200, 'hit', '/bar'))).to.equal('passed on as something else');
  });

  it('is told by what was passed on alone where no route tells the readings apart', () => {
    const query: OddPath = { sent: '/foo?', normal: '/foo' };
    expect(fateOf(query, answer(200, 'miss', '/foo?'))).to.equal('unchanged');
    expect(fateOf(query, answer(200, 'miss', '/foo'))).to.equal('normalised');
  });

  it('is to be encoded where only what no URI may hold became escapes', () => {
    expect(fateOf({ sent: '/foo\\%zz\x01%41' }, answer(200, 'miss', '/foo%5C%25zz%01%41'))).to.equal('encoded');
    expect(fateOf({ sent: '/caf\xc3\xa9' }, answer(200, 'miss', '/caf%C3%A9'))).to.equal('encoded');
    expect(fateOf({ sent: '/%C3%A9' }, answer(200, 'miss', '/%25C3%25A9'))).to.equal('passed on as something else');
  });

  it('says how it was turned away', () => {
    expect(fateOf(odd, answer(400))).to.equal('refused 400');
    expect(fateOf(odd, answer(414))).to.equal('refused otherwise');
    expect(fateOf(odd, answer(301))).to.equal('redirected');
    expect(fateOf(odd, answer(200))).to.equal('answered by the controller');
    expect(fateOf(odd, { kind: 'failed', cause: 'reset', message: '' })).to.equal('unanswered');
  });
});
