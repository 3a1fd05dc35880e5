import { expect } from 'chai';
import fc from 'fast-check';
import { answerReader } from '../../../load/open-loop/answer-reader.ts';

/** What is read of these bytes when they come in these parts. */
function read(
  text: string,
  cuts: readonly number[] = [],
  method = 'GET',
  closes = false,
  reader = answerReader(['x-assay-backend']),
) {
  const bytes = Buffer.from(text, 'latin1');
  reader.begin(method);
  let taken = 0;
  let from = 0;
  for (const to of [...[...cuts].sort((a, b) => a - b), bytes.length]) {
    if (reader.state !== 'reading') break;
    taken += reader.read(bytes, from, to);
    from = to;
  }
  if (closes) reader.close();
  const { state, status, bodyBytes, persistent } = reader;
  return {
    state,
    status,
    bodyBytes,
    persistent,
    servedBy: reader.header('x-assay-backend'),
    left: bytes.length - taken,
  };
}

const head = (...lines: readonly string[]) => `${['HTTP/1.1 200 OK', ...lines].join('\r\n')}\r\n\r\n`;
const done = { state: 'done', status: 200, bodyBytes: 3, persistent: true, servedBy: undefined, left: 0 };

describe('the answer reader', () => {
  it('reads a body by its length, and who served it', () => {
    expect(read(`${head('content-LENGTH:3', 'X-Assay-Backend: \t hit ', 'Date: now')}hit`)).to.deep.equal({
      ...done,
      servedBy: 'hit',
    });
  });

  it('reads chunks, their extensions and trailers', () => {
    const chunks = '1;a=b\r\nh\r\n02 \r\nit\r\n0\r\nX-Sum: 1\r\n\r\n';
    expect(read(head('Transfer-Encoding: gzip, chunked') + chunks)).to.deep.equal(done);
  });

  it('leaves what follows the answer', () => {
    expect(read(`${head('Content-Length: 3')}hitmore`).left).to.equal(4);
    expect(read(`${head('Transfer-Encoding: chunked')}3\r\nhit\r\n0\r\n\r\nmore`).left).to.equal(4);
  });

  it('reads to the end of the connection where nothing says how long the body is', () => {
    expect(read(`${head()}hit`).state).to.equal('reading');
    expect(read(`${head()}hit`, [], 'GET', true)).to.deep.equal({ ...done, persistent: false });
    expect(read(`${head('Content-Length: 4')}hit`, [], 'GET', true).state).to.equal('reading');
  });

  it('expects no body after HEAD, 204 and 304, whatever the headers say', () => {
    expect(read(head('Content-Length: 3'), [], 'HEAD')).to.deep.include({ state: 'done', bodyBytes: 0 });
    for (const status of [204, 304])
      expect(read(`HTTP/1.1 ${status} X\r\nContent-Length: 3\r\n\r\n`)).to.deep.include({ state: 'done', status });
  });

  it('passes over interim answers', () => {
    expect(read(`HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n${head('Content-Length: 3')}hit`)).to.deep.equal(done);
  });

  it('keeps connections as the version and the headers have it', () => {
    expect(read(`${head('Content-Length: 3', 'Connection: Close')}hit`).persistent).to.equal(false);
    expect(read('HTTP/1.0 200 OK\r\nContent-Length: 3\r\n\r\nhit').persistent).to.equal(false);
    expect(read('HTTP/1.0 200 OK\r\nContent-Length: 3\r\nConnection: keep-alive\r\n\r\nhit').persistent).to.equal(true);
  });

  it('reads each of many on one connection as if it were the only one, like the one before or not', () => {
    const answers = [
      `${head('Content-Length: 3', 'X-Assay-Backend: hit')}hit`,
      `${head('Content-Length: 3', 'X-Assay-Backend: his')}hit`,
      `HTTP/1.1 500 NO\r\nContent-Length: 3\r\nX-Assay-Backend: hit\r\n\r\nhit`,
      `${head('Content-Length: 3', 'Connection: close')}hit`,
      `${head('Transfer-Encoding: chunked')}3\r\nhit\r\n0\r\n\r\n`,
      `HTTP/1.1 100 Continue\r\n\r\n${head('Content-Length: 0')}`,
      `${head('Content-Length: 3000')}${'x'.repeat(3000)}`,
      head('Content-Length: 3'),
      head('no colon'),
    ];
    const one = fc.record({
      text: fc.constantFrom(...answers),
      method: fc.constantFrom('GET', 'HEAD'),
      cuts: fc.oneof(fc.constant<number[]>([]), fc.array(fc.nat(60), { maxLength: 2 })),
      closes: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(one, { minLength: 2, maxLength: 12 }), (sequence) => {
        const reader = answerReader(['x-assay-backend']);
        for (const { text, method, cuts, closes } of sequence) {
          const there = cuts.filter((cut) => cut < text.length);
          const alone = read(text, there, method, closes);
          const among = read(text, there, method, closes, reader);
          if (alone.state === 'done') expect(among).to.deep.equal(alone);
          else expect(among.state).to.equal(alone.state);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('knows what is no answer', () => {
    const wrong = [
      'HTTP/2.0 200 OK\r\n\r\n',
      'HTTP/1.1 20 OK\r\n\r\n',
      'HTTP/1.1 200OK\r\n\r\n',
      'HTTP/1.1 200 OK\n\n',
      head('no colon'),
      head('a space : 1'),
      head(': no name'),
      head('Content-Length: -1'),
      head('Content-Length: 3, 4'),
      head('Content-Length: 3', 'Transfer-Encoding: chunked'),
      `${head('Transfer-Encoding: chunked')}x\r\n`,
      `${head('Transfer-Encoding: chunked')}3\r\nhit0\r\n\r\n`,
      `${head('Transfer-Encoding: chunked')}${'0'.repeat(13)}\r\n\r\n`,
      `${head('Transfer-Encoding: chunked')}3;${'x'.repeat(5000)}`,
      `${head('Transfer-Encoding: chunked')}0\r\n${'X: y\r\n'.repeat(20_000)}`,
      head(`X: ${'y'.repeat(70_000)}`),
    ];
    for (const text of wrong) expect(read(text).state, text.slice(0, 60)).to.equal('malformed');
  });

  it('reads the same wherever the bytes are cut', () => {
    const texts = [
      `${head('Content-Length: 3', 'X-Assay-Backend: hit')}hit`,
      `HTTP/1.1 100 Continue\r\n\r\n${head('Transfer-Encoding: chunked')}1\r\nh\r\n2;x\r\nit\r\n0\r\nA: b\r\n\r\n`,
      head('Content-Length: 3', 'Broken'),
    ];
    fc.assert(
      fc.property(fc.constantFrom(...texts), fc.array(fc.nat(200)), (text, places) => {
        const cuts = places.filter((place) => place <= text.length);
        const { left: _, ...whole } = read(text);
        const { left: __, ...parts } = read(text, cuts);
        expect(parts).to.deep.equal(whole);
      }),
    );
  });
});
