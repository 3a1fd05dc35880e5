import { execFile, execFileSync, spawnSync } from 'node:child_process';
import { promisify } from 'node:util';
import { expect } from 'chai';
import { sendProbe } from '../../../src/kit/agent/send-probe.ts';
import { curlOf } from '../../../src/kit/curl.ts';
import type { ProbeRequest } from '../../../src/model/probe.ts';
import { rawServer } from './raw-server.ts';

const to = (request: Partial<ProbeRequest>, vantage = 'external') =>
  curlOf({ vantage, request: { address: '10.0.0.1', port: 80, ...request } });

/** The words a POSIX shell makes of a line. */
const words = (line: string): string[] =>
  execFileSync('sh', ['-c', `set -- ${line}\nprintf '%s\\0' "$@"`])
    .toString()
    .split('\0')
    .slice(0, -1);

describe('a curl line', () => {
  it('asks for the same path on the same socket with the same Host', () => {
    expect(to({ host: 'a.example', path: '/x/../y?q=1' })).to.equal(
      "curl -sS -i --http1.1 --path-as-is --globoff -H 'Host: a.example' -H User-Agent: -H Accept: 'http://10.0.0.1:80/x/../y?q=1'",
    );
  });

  it('sends no Host where the probe sent none, and an empty one where it did', () => {
    expect(words(to({}))).to.include('Host:');
    expect(words(to({ host: '' }))).to.include('Host;');
  });

  it('survives the shell with any header, body and path', () => {
    const value = `it's "$HOME" \`id\` \\ ; # !`;
    const line = words(to({ headers: [['X-A', value]], method: 'POST', body: value, path: '/#a b' }));
    expect(line).to.include(`X-A: ${value}`);
    expect(line[line.indexOf('--data-raw') + 1]).to.equal(value);
    expect(line[line.indexOf('--request-target') + 1]).to.equal('/#a b');
    expect(line[line.indexOf('-X') + 1]).to.equal('POST');
  });

  it('asks for HEAD without waiting for a body', () => {
    expect(words(to({ method: 'HEAD' })))
      .to.include('--head')
      .and.not.to.include('-X');
  });

  it('sends the bytes of the probe, in HTTP/1.0 and with CONNECT too', async function () {
    if (spawnSync('curl', ['--version']).error) return this.skip();
    const seen: string[] = [];
    await using server = await rawServer((socket) =>
      socket.on('data', (chunk) => {
        seen.push(String(chunk));
        socket.end('HTTP/1.1 204 No Content\r\n\r\n');
      }),
    );
    for (const asked of [
      { version: '1.0' },
      { version: '1.0', host: 'a.example', path: '/b' },
      { method: 'CONNECT', path: 'a.example:443', host: 'a.example:443' },
    ] as const) {
      const request = { address: '127.0.0.1', port: server.port, timeoutMs: 5_000, ...asked };
      await sendProbe(request);
      await promisify(execFile)('sh', ['-c', curlOf({ vantage: 'external', request })]);
      const [byProbe, byCurl] = seen.splice(0);
      expect(byCurl).to.equal(byProbe);
    }
  });

  it('says from where, as a comment, if not from outside', () => {
    expect(to({}, 'pod default/net-test')).to.match(/ {2}# from pod default\/net-test$/);
    expect(words(to({}, 'pod default/net-test')).at(-1)).to.equal('http://10.0.0.1:80/');
  });
});
