import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import openLoop from '../../../../load/open-loop/index.ts';
import type { BenchmarkSide } from '../../../../src/model/benchmark.ts';
import type { LoadOrder } from '../../../../src/model/load.ts';
import { silentProgress } from '../../../../src/model/progress.ts';
import { guardsOf } from '../../../../src/run/benchmark/guards/all.ts';
import type { Around } from '../../../../src/run/benchmark/guards/guard.ts';
import { type Bench, measure } from '../../../../src/run/benchmark/measure.ts';
import type { MeasuredRun } from '../../../../src/run/benchmark/measured-run.ts';
import { startPlaced } from '../../../../src/toolchain/start-placed.ts';
import { createToolchain } from '../../../../src/toolchain/toolchain.ts';

const toolchain = createToolchain({ progress: silentProgress, signal: new AbortController().signal });

/** A bench on this machine, whose generator is started with these words before it, and these flags of Node.js. */
export function benchHere(before: readonly string[] = [], flags: readonly string[] = []): Bench {
  const start: Bench['start'] = ([program = '', ...args]) =>
    startPlaced([...before, ...(program === 'node' ? [process.execPath, ...flags] : [program]), ...args]);
  return {
    start,
    peek: start,
    look: () => undefined,
    signal: new AbortController().signal,
  };
}

/** An order of a second at a port of this machine, that asks for what the servers of `serving` answer. */
export const orderTo = (port: number, more: Partial<LoadOrder> = {}): LoadOrder => ({
  shape: { kind: 'saturation' },
  targets: [
    {
      name: 'route',
      address: '127.0.0.1',
      port,
      host: 'shop.example',
      path: '/',
      expect: { status: 200, bodyBytes: 2 },
    },
  ],
  connections: 16,
  connectionUse: 'keep-alive',
  protocol: 'http/1.1',
  warmUpMs: 200,
  durationMs: 1000,
  timeoutMs: 2000,
  seed: 1,
  threads: 1,
  programs: {},
  ...more,
});

export const atRate = (rateRps: number): Pick<LoadOrder, 'shape'> => ({
  shape: { kind: 'rate', rateRps, arrivals: 'constant' },
});

/** One real run of our engine. */
export const run = (
  order: LoadOrder,
  { side = 'a' as BenchmarkSide, bench = benchHere() } = {},
): Promise<MeasuredRun> => measure(bench, openLoop, side, order);

/** What one guard says of a run; `undefined` where it says nothing. */
export const guardNamed = (name: string, measured: MeasuredRun, around: Around = {}) =>
  guardsOf(measured, around).find((guard) => guard.name === name);

/**
 * An HTTP server in a process of its own, so that its CPU is not the harness's. Its listener is source text, since it runs elsewhere:
 * `(request, response, answer, count) => …`. It is started with these words before it.
 */
export async function serving(serve = '(request, response, answer) => answer()', before: readonly string[] = []) {
  const source = `
    let count = 0;
    const serve = ${serve};
    const server = require('node:http').createServer({ keepAliveTimeout: 60_000 }, (request, response) => {
      request.resume();
      count += 1;
      serve(request, response, () => response.end('ok'), count);
    });
    let accepted = 0;
    server.on('connection', () => { accepted += 1; });
    process.on('message', () => process.send(accepted));
    server.listen({ port: 0, host: '127.0.0.1', backlog: 4096 }, () => process.send(server.address().port));
    process.on('disconnect', () => process.exit());`;
  const [program = '', ...args] = [...before, process.execPath, '-e', source];
  const child = spawn(program, args, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  const [port] = (await once(child, 'message')) as [number];
  return {
    port,
    pid: child.pid ?? 0,
    async accepted(): Promise<number> {
      child.send('accepted?');
      const [count] = (await once(child, 'message')) as [number];
      return count;
    },
    async [Symbol.asyncDispose]() {
      child.kill('SIGKILL');
      await once(child, 'exit');
    },
  };
}

/** nginx of the toolchain, answering what `serving` does: as fast as a server can. */
export async function servingFast() {
  const { path, env } = (await toolchain.ensure(['nginx'])).get('nginx') ?? { path: 'nginx', env: {} };
  const folder = await mkdtemp(join(tmpdir(), 'assay-test-'));
  const port = await freePort();
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
    (name) => `${name}_temp_path ${folder}/${name};`,
  );
  await writeFile(
    join(folder, 'nginx.conf'),
    `daemon off; master_process off; pid ${folder}/pid; error_log stderr crit; events {}
    http {
      ${temporary.join(' ')}
      access_log off; keepalive_requests 1000000000;
      server { listen 127.0.0.1:${port}; location / { return 200 'ok'; } }
    }`,
  );
  const child = spawn(path, ['-c', join(folder, 'nginx.conf'), '-e', 'stderr'], {
    env: { ...process.env, ...env },
    stdio: 'inherit',
  });
  while (!(await answers(port))) await pause(20);
  return {
    port,
    async [Symbol.asyncDispose]() {
      child.kill('SIGKILL');
      await once(child, 'exit');
      await rm(folder, { recursive: true });
    },
  };
}

const answers = (port: number): Promise<boolean> =>
  fetch(`http://127.0.0.1:${port}/`).then(
    ({ ok }) => ok,
    () => false,
  );

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

/** As many processes as asked for that do nothing but use CPU, started with these words before them. */
export function spinning(count: number, before: readonly string[] = []): AsyncDisposable {
  const children = Array.from({ length: count }, () => {
    const [program = '', ...args] = [...before, process.execPath, '-e', 'for (;;);'];
    return spawn(program, args, { stdio: 'ignore' });
  });
  return {
    async [Symbol.asyncDispose]() {
      await Promise.all(
        children.map((child) => {
          child.kill('SIGKILL');
          return once(child, 'exit');
        }),
      );
    },
  };
}
