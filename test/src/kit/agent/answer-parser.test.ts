import { expect } from 'chai';
import { answerParser } from '../../../../src/kit/agent/answer-parser.ts';

const messages = {
  sized: 'HTTP/1.1 200 OK\r\nA:\t b \r\nContent-Length: 5\r\n\r\nhello',
  chunked: 'HTTP/1.1 404 Not Found\r\nTransfer-Encoding: gzip, chunked\r\n\r\n2\r\nhe\r\n3\r\nllo\r\n0\r\nT: x\r\n\r\n',
  interim: 'HTTP/1.1 102 Processing\r\n\r\nHTTP/1.1 200\r\nContent-Length: 0\r\n\r\n',
};

describe('the answer parser', () => {
  for (const [name, text] of Object.entries(messages)) {
    it(`reads a ${name} answer the same byte by byte as at once, whatever the cut`, () => {
      const bytes = Buffer.from(text, 'latin1');
      const whole = answerParser('GET').push(bytes);
      expect(whole).not.to.equal(undefined);
      for (let cut = 1; cut < bytes.length; cut += 1) {
        const parser = answerParser('GET');
        const first = parser.push(bytes.subarray(0, cut));
        expect(first, `complete after ${cut} bytes`).to.equal(undefined);
        expect(parser.push(bytes.subarray(cut))).to.deep.equal(whole);
      }
      const parser = answerParser('GET');
      const steps = [...bytes].map((byte) => parser.push(Buffer.from([byte])));
      expect(steps.at(-1)).to.deep.equal(whole);
    });
  }

  it('keeps names as received and trims values', () => {
    expect(answerParser('GET').push(Buffer.from(messages.sized))?.headers).to.deep.equal([
      ['A', 'b'],
      ['Content-Length', '5'],
    ]);
  });

  it('ends a body without length at the close, and no other', () => {
    const open = answerParser('GET');
    open.push(Buffer.from('HTTP/1.1 200 OK\r\n\r\nhel'));
    expect(open.end()?.body).to.equal('hel');
    const sized = answerParser('GET');
    sized.push(Buffer.from('HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhel'));
    expect(sized.end()).to.equal(undefined);
  });
});
