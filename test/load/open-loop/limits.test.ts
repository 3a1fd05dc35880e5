import { setTimeout as pause } from 'node:timers/promises';
import { expect } from 'chai';
import engine from '../../../load/open-loop/index.ts';
import type { LoadOrder } from '../../../src/model/load.ts';
import { loadResultSchema } from '../../../src/model/load.ts';
import { rawServer } from '../../src/kit/raw-server.ts';
import { runEngine, startEngine } from '../run-engine.ts';
import { orderFor, targetAt } from './carry-out.ts';

/** Runs what follows with so many file descriptors. */
const withDescriptors = (limit: number): readonly string[] => ['sh', '-c', `ulimit -n ${limit}; exec "$@"`, 'sh'];

/** Runs what follows in a network of its own with ten ports, where a server takes connections and says nothing. */
const withTenPorts: readonly string[] = [
  ...['unshare', '--map-root-user', '--net', 'sh', '-c'],
  `ip link set lo up
  echo '40000 40009' > /proc/sys/net/ipv4/ip_local_port_range
  node -e "require('net').createServer((socket) => socket.on('error', () => {})).listen(8080, '127.0.0.1')" &
  server=$!
  until ss -ltn | grep -q :8080; do sleep 0.05; done
  "$@"
  code=$?
  kill $server
  exit $code`,
  'sh',
];

describe('the open-loop engine at the limits of its place', () => {
  it('says so where there are fewer file descriptors than connections', async () => {
    const order = orderFor([targetAt(80)], { connections: 65_536 });
    const { code, stderr, stdout } = await startEngine(engine, order, withDescriptors(1024));
    expect(code).to.equal(1);
    expect(stdout).to.equal('');
    expect(stderr).to.equal(
      '65536 connections need 65636 file descriptors, and a process may have 1024 here: raise its limit (ulimit -Hn), or ask for fewer connections\n',
    );
  });

  it('counts requests for which no port is left, and says so', async () => {
    const order = orderFor([targetAt(8080)], { connections: 40, timeoutMs: 1000 });
    const { code, stderr, stdout } = await startEngine(engine, order, withTenPorts);
    expect(stderr).to.match(/^no socket was to be had \d+ times: EADDRNOTAVAIL\n$/);
    expect(code).to.equal(0);
    const { offered, answered, failures, generator } = loadResultSchema.parse(JSON.parse(stdout));
    expect([offered, answered]).to.deep.equal([100, 0]);
    expect(failures['no-socket']).to.be.greaterThan(0);
    expect(failures.timeout).to.be.greaterThan(0);
    expect(generator.dropped).to.be.at.least(failures['no-socket'] ?? 0);
  });

  it('accuses nobody of a time-out where it stood still itself: what came meanwhile is read first', async () => {
    await using server = await rawServer((socket) =>
      socket.on('data', () => setTimeout(() => socket.write('HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nhit'), 100)),
    );
    const shape = { kind: 'rate', rateRps: 30, arrivals: 'constant' } as const;
    const order = orderFor([targetAt(server.port)], { shape, connections: 8, durationMs: 3000, timeoutMs: 1000 });
    let pid = 0;
    const run = runEngine(engine, order, [], (started) => {
      pid = started;
    });
    while (server.connections() < 8) await pause(10);
    await pause(1000);
    process.kill(pid, 'SIGSTOP');
    await pause(1500);
    process.kill(pid, 'SIGCONT');
    const { offered, answered, failures, generator } = await run;
    expect(offered).to.equal(90);
    expect(generator.dropped, 'due while it stood still, and too long ago now').to.be.greaterThan(0);
    expect(failures).to.deep.equal({ timeout: generator.dropped });
    expect(answered).to.equal(90 - generator.dropped);
  });

  it('says what is wrong with an order, in one sentence', async () => {
    const sound = orderFor([targetAt(80)]);
    const said = async (order: unknown) => (await startEngine(engine, order as LoadOrder)).stderr;
    expect(await said({ ...sound, durationMs: 0 })).to.equal('a duration of 0 ms measures nothing\n');
    expect(await said('nothing')).to.equal('what was given is no order\n');
    expect(await said({ ...sound, shape: { kind: 'rate', rateRps: 2e6, arrivals: 'constant' } })).to.equal(
      '2000000 requests/s are more than could ever be sent: at most 1000000 by each thread, of which there may be 1 here\n',
    );
    const hosts = ['one.example', 'two.example', 'three.example'].map((host) => targetAt(80, { host, tls: true }));
    expect(await said(orderFor(hosts, { connections: 2 }))).to.equal(
      '2 connections cannot be kept to 3 endpoints: ask for one each at least, or for fresh ones\n',
    );
  });
});
