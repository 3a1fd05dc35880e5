import { once } from 'node:events';
import { readFile, rm } from 'node:fs/promises';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { expect } from 'chai';
import { createApiClient } from '../../../src/kube/api-client.ts';
import { exitCodes } from '../../../src/model/errors.ts';
import { errorOf } from '../error-of.ts';

async function serverOf(handle: RequestListener, user: object = {}) {
  const server = createServer(handle).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const kubeconfig = JSON.stringify({
    'current-context': 'x',
    contexts: [{ name: 'x', context: { cluster: 'x', user: 'x' } }],
    clusters: [{ name: 'x', cluster: { server: `${url}/`, 'insecure-skip-tls-verify': true } }],
    users: [{ name: 'x', user }],
  });
  return {
    url,
    client: createApiClient(kubeconfig),
    async [Symbol.asyncDispose]() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

const ask = { method: 'GET', path: '/a', what: 'get a' } as const;

describe('the API client', () => {
  it('asks again where the server closes an idle connection just as it is used', async () => {
    const seen: Socket[] = [];
    await using server = await serverOf((request, answer) => {
      const again = seen.includes(request.socket);
      seen.push(request.socket);
      if (again) request.socket.resetAndDestroy();
      else answer.end('fine');
    });
    expect(await server.client.text(ask)).to.equal('fine');
    expect(await server.client.text(ask)).to.equal('fine');
    expect(new Set(seen).size).to.equal(2);
  });

  it('sends a hundred requests over few connections, which answers without an end do not take', async () => {
    const sockets = new Set<Socket>();
    await using server = await serverOf((request, answer) => {
      sockets.add(request.socket);
      if (request.url === '/endless') answer.write('begun');
      else setTimeout(() => answer.end('fine'), 5);
    });
    const endless = { ...ask, path: '/endless' };
    const watches = await Promise.all(Array.from({ length: 20 }, () => server.client.open(endless)));
    const answers = await Promise.all(Array.from({ length: 100 }, () => server.client.text(ask)));
    expect(new Set(answers)).to.deep.equal(new Set(['fine']));
    expect(sockets.size).to.be.within(watches.length + 1, watches.length + 16);
    for (const { body } of watches) body.destroy();
  });

  it('tells what the kubeconfig logs in by failed, or waits, and ends on request meanwhile', async () => {
    const exec = (script: string) => ({
      exec: {
        apiVersion: 'client.authentication.k8s.io/v1',
        command: 'sh',
        args: ['-c', script],
        interactiveMode: 'Never',
      },
    });
    await using failing = await serverOf((_, answer) => answer.end('fine'), exec('echo expired >&2; exit 1'));
    const error = await errorOf(failing.client.text(ask));
    expect(error).to.include({ code: 'login-failed', exitCode: exitCodes.environment });
    expect(error.message).to.contain('expired');

    const file = join(tmpdir(), `assay-login-${process.pid}`);
    await using waiting = await serverOf((_, answer) => answer.end('fine'), exec(`echo $$ >${file}; exec sleep 1000`));
    const stop = new AbortController();
    const asking = waiting.client.text({ ...ask, signal: stop.signal }).catch((thrown: unknown) => thrown);
    const pid = async (): Promise<number> => {
      for (;;) {
        const id = Number(await readFile(file, 'utf8').catch(() => 0));
        if (id > 0) return id;
        await pause(20);
      }
    };
    const login = await pid();
    stop.abort(new Error('enough'));
    expect(String(await asking)).to.equal('Error: enough');
    process.kill(login);
    await rm(file);
  });

  it('names the other Service’s NodePort', async () => {
    const message =
      'Service "front" is invalid: spec.ports[0].nodePort: Invalid value: 30000: provided port is already allocated';
    await using server = await serverOf((_, answer) => {
      answer.statusCode = 422;
      answer.end(JSON.stringify({ message }));
    });
    const error = await errorOf(server.client.text(ask));
    expect(error).to.include({ code: 'port-taken' });
    expect(error.message).to.contain('NodePort 30000');
  });

  it('names the server that resets a fresh connection, or breaks off its answer', async () => {
    await using resets = await serverOf(({ socket }) => void (socket as Socket).resetAndDestroy());
    expect((await errorOf(resets.client.text(ask))).message).to.match(/^cannot get a: http:\S+: .*ECONNRESET/);
    await using breaks = await serverOf((_request, answer) => {
      answer.writeHead(200, { 'content-length': 100 });
      answer.write('half', () => answer.destroy());
    });
    const error = await errorOf(breaks.client.text(ask));
    expect([error.code, error.message.startsWith(`cannot get a: ${breaks.url}: `)]).to.deep.equal([
      'api-unreachable',
      true,
    ]);
  });

  it('shows what the kubeconfig says of its user, and what a program says that it names', async () => {
    const credential = {
      apiVersion: 'client.authentication.k8s.io/v1',
      kind: 'ExecCredential',
      status: { token: 'run' },
    };
    const exec = { apiVersion: credential.apiVersion, command: 'echo', args: [JSON.stringify(credential)] };
    for (const [user, shown] of [
      [{}, ''],
      [{ token: 'written' }, 'Bearer written'],
      [{ username: 'me', password: 'mine' }, `Basic ${Buffer.from('me:mine').toString('base64')}`],
      [{ exec }, 'Bearer run'],
    ] as const) {
      await using server = await serverOf(({ headers }, answer) => void answer.end(headers.authorization), user);
      expect(await server.client.text(ask)).to.equal(shown);
    }
  });

  it('quotes what the server says, be it a Status or plain text', async () => {
    await using status = await serverOf((_request, answer) => {
      answer.writeHead(409).end(JSON.stringify({ kind: 'Status', message: 'object has been modified' }));
    });
    expect((await errorOf(status.client.text(ask))).message).to.equal('cannot get a: 409 object has been modified');
    await using text = await serverOf((_request, answer) => {
      answer.writeHead(503).end('not yet\n');
    });
    expect((await errorOf(text.client.text(ask))).message).to.equal('cannot get a: 503 not yet');
  });
});
