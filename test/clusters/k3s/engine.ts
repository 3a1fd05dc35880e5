import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/** What stands for a Docker engine: each container that it is asked for says one line and ends. */
export interface FakeEngine extends AsyncDisposable {
  /** As DOCKER_HOST has it. */
  readonly address: string;
  /** The command of each container that was made. */
  readonly commands: (readonly string[])[];
  /** What is there now. */
  readonly containers: Set<string>;
  readonly networks: Set<string>;
}

/** An engine whose containers end before their ports are seen, or after. */
export async function fakeEngine(line: string, ends: 'at once' | 'later'): Promise<FakeEngine> {
  const commands: (readonly string[])[] = [];
  const containers = new Set<string>();
  const networks = new Set<string>();
  const bound = { '6443/tcp': [{ HostIp: '127.0.0.1', HostPort: '1' }], '8443/tcp': [{ HostIp: '', HostPort: '2' }] };
  const server = createServer((request, response) => void answer(request, response));

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await text(request);
    const [, kind = '', id = '', what = ''] = new URL(`http://docker${request.url}`).pathname.split('/');
    const say = (status: number, value?: unknown) => response.writeHead(status).end(JSON.stringify(value));
    const there = kind === 'networks' ? networks : containers;
    if (kind === 'info') return void say(200, { OperatingSystem: 'fake', Architecture: 'x86_64' });
    if (kind === 'images') return void say(200, { Id: 'an-image' });
    if (id === 'json') return void say(200, []);
    if (id === 'create') {
      const made = `a-${kind.slice(0, -1)}`;
      there.add(made);
      if (kind === 'containers') commands.push(JSON.parse(body).Cmd);
      return void say(201, { Id: made });
    }
    if (!there.has(id)) return void say(404, { message: `no ${kind} ${id}` });
    if (request.method === 'DELETE') {
      there.delete(id);
      return void say(204);
    }
    if (what === 'logs') {
      const said = Buffer.from(`${line}\n`);
      const head = Buffer.from([2, 0, 0, 0, 0, 0, 0, said.length]);
      return void response.writeHead(200).end(Buffer.concat([head, said]));
    }
    if (what === 'json')
      return void say(200, {
        Id: id,
        Name: id,
        Config: { Hostname: id, Labels: {} },
        State: { Status: 'exited', Running: false, StartedAt: '', FinishedAt: '' },
        HostConfig: { PortBindings: bound },
        NetworkSettings: { Ports: ends === 'later' ? bound : {}, Networks: {} },
      });
    say(204); // start, stop
  }

  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    address: `tcp://127.0.0.1:${(server.address() as AddressInfo).port}`,
    commands,
    containers,
    networks,
    async [Symbol.asyncDispose]() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}
