import { expect } from 'chai';
import { servedByOf } from '../../../src/kit/agent/signature.ts';
import { expectedOf, verdictOf } from '../../../src/kit/verdict-of.ts';
import type { ProbeOutcome } from '../../../src/model/probe.ts';

const answer = (status: number, backend?: string, body = ''): ProbeOutcome => ({
  kind: 'answered',
  status,
  reason: '',
  headers: [],
  body,
  bodyBytes: body.length,
  ...(backend !== undefined && { servedBy: servedByOf([['X-Assay-Backend', backend]]) }),
});
const refused: ProbeOutcome = { kind: 'failed', cause: 'refused', message: 'connect ECONNREFUSED' };

describe('the verdict on one row', () => {
  it('holds where status, back-end and body are as expected', () => {
    expect(verdictOf({ servedBy: 'web' }, answer(200, 'web'))).to.equal(undefined);
    expect(verdictOf({ servedBy: 'web', status: 404 }, answer(404, 'web'))).to.equal(undefined);
    expect(verdictOf({ status: 404, servedBy: 'nobody' }, answer(404))).to.equal(undefined);
    expect(verdictOf({ body: 'Server 1' }, answer(200, 'web', 'Web Server 1!'))).to.equal(undefined);
  });

  it('expects 200 where a back-end is named, and no status where none is', () => {
    expect(verdictOf({ servedBy: 'web' }, answer(404, 'web'))?.actual).to.equal('status 404 from web');
    expect(verdictOf({ servedBy: 'nobody' }, answer(503))).to.equal(undefined);
    expect(verdictOf({}, answer(500))).to.equal(undefined);
  });

  it('does not hold where somebody answers in place of nobody, or another back-end', () => {
    expect(verdictOf({ servedBy: 'nobody' }, answer(404, 'web'))?.actual).to.equal('status 404 from web');
    expect(verdictOf({ servedBy: 'web' }, answer(200))?.actual).to.equal('status 200 from none of our back-ends');
  });

  it('never holds without an answer', () => {
    for (const expectation of [{}, { servedBy: 'nobody' }, { status: 404 }]) {
      expect(verdictOf(expectation, refused)?.actual).to.equal('no answer: refused (connect ECONNREFUSED)');
    }
  });

  it('says in words what was expected, and shows a body that was', () => {
    expect(expectedOf({ servedBy: 'web', body: 'x' })).to.equal('status 200 from web with "x" in its body');
    expect(verdictOf({ body: 'x' }, answer(200, undefined, 'y'.repeat(500)))?.actual).to.equal(
      `status 200 from none of our back-ends with the body "${'y'.repeat(200)}…"`,
    );
  });
});
