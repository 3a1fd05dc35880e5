import { expect } from 'chai';
import { sendProbe } from '../../../src/kit/agent/send-probe.ts';
import { createClient } from '../../../src/kit/client.ts';
import type { Place } from '../../../src/model/cluster.ts';
import type { ProbeRequest } from '../../../src/model/probe.ts';
import { rawServer } from './raw-server.ts';

const place: Place = { kind: 'external' };
const kit = {
  probe: async (_place: Place, request: ProbeRequest) => ({
    vantage: 'external',
    request,
    ...(await sendProbe({ ...request, timeoutMs: 5_000 })),
  }),
};

/** The Cookie header of a client's requests, each answered with these Set-Cookie lines in turn. */
async function cookiesSent(...answers: readonly (readonly string[])[]): Promise<readonly string[]> {
  const sent: string[] = [];
  await using server = await rawServer((socket, index) =>
    socket.once('data', (chunk) => {
      sent.push(/^Cookie: (.*)\r$/m.exec(chunk.toString())?.[1] ?? '');
      const lines = (answers[index] ?? []).map((line) => `Set-Cookie: ${line}\r\n`).join('');
      socket.write(`HTTP/1.1 200 OK\r\n${lines}Content-Length: 0\r\n\r\n`);
    }),
  );
  const client = createClient(kit, place, {
    address: '127.0.0.1',
    port: server.port,
    host: 'shop.example',
    path: '/a/b?c',
  });
  for (let count = 0; count <= answers.length; count++) await client.send();
  return sent.slice(1);
}

describe('a client', () => {
  it('brings back the cookies it was given, the latest value of each, whatever their attributes', async () => {
    const first = ['a=1; Path=/; HttpOnly; SameSite=Lax; Max-Age=3600', 'b=x=y; Domain=.example; Path=/a'];
    expect(await cookiesSent(first, ['a=2; Expires=Fri, 31 Dec 9999 23:59:59 GMT'])).to.deep.equal([
      'a=1; b=x=y',
      'a=2; b=x=y',
    ]);
  });

  it('forgets a cookie that is taken back', async () => {
    expect(await cookiesSent(['a=1', 'b=1'], ['a=; Max-Age=0'])).to.deep.equal(['a=1; b=1', 'b=1']);
    expect(await cookiesSent(['a=1'], ['a=1; Expires=Thu, 01 Jan 1970 00:00:00 GMT'])).to.deep.equal(['a=1', '']);
  });

  for (const line of ['a=1; Secure', 'a=1; Path=/other', 'a=1; Path=/a/bc', 'a=1; Domain=other.example', 'no cookie'])
    it(`keeps to itself what no browser would bring back here: ${line}`, async () => {
      expect(await cookiesSent([line])).to.deep.equal(['']);
    });
});
