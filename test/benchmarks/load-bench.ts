import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import engine from '../../load/open-loop/index.ts';
import type { LoadOrder, LoadResult, LoadShape } from '../../src/model/load.ts';
import type { Installed } from '../../src/model/program.ts';
import { silentProgress } from '../../src/model/progress.ts';
import { decodeHistogram, percentilesUs } from '../../src/stats/histogram.ts';
import { createToolchain } from '../../src/toolchain/toolchain.ts';
import { runEngine } from '../load/run-engine.ts';

/** Body of every answer of the bench's server. */
const bodyBytes = 1024;

/** Who is to run on which CPU, so that neither takes the other's; the generator before all that is ordinary, as in a benchmark. */
const serverCpu = ['taskset', '-c', '0'];
export const generatorCpu: readonly string[] = [
  ...(spawnSync('chrt', ['--rr', '1', 'true']).status === 0 ? ['chrt', '--rr', '1'] : []),
  ...['taskset', '-c', '1'],
];

/** One nginx worker on loopback, on a CPU of its own. */
export interface Bench extends AsyncDisposable {
  readonly port: number;
  readonly wrk: Installed;
  /** Of nginx's one worker, which runs in its only process. */
  readonly serverPid: number;
}

export async function openBench(): Promise<Bench> {
  const toolchain = createToolchain({ progress: silentProgress, signal: new AbortController().signal });
  const installed = await toolchain.ensure(['nginx', 'wrk']);
  const [nginx, wrk] = [installed.get('nginx') as Installed, installed.get('wrk') as Installed];
  const folder = mkdtempSync(join(tmpdir(), 'assay-load-bench-'));
  const port = await freePort();
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
    (name) => `${name}_temp_path ${folder}/${name};`,
  );
  writeFileSync(
    join(folder, 'nginx.conf'),
    `daemon off; master_process off; pid ${folder}/pid; error_log ${folder}/error.log;
    events { worker_connections 4096; }
    http {
      access_log off; keepalive_requests 1000000000; default_type text/plain; ${temporary.join(' ')}
      server {
        listen 127.0.0.1:${port} backlog=4096;
        location / { add_header X-Assay-Backend hit; return 200 "${'x'.repeat(bodyBytes)}"; }
      }
    }`,
  );
  const [program = '', ...args] = [...serverCpu, nginx.path, '-c', join(folder, 'nginx.conf')];
  const server = spawn(program, args, { env: { ...process.env, ...nginx.env }, stdio: 'ignore' });
  while (!(await answers(port))) await pause(50);
  return {
    port,
    wrk,
    serverPid: server.pid ?? 0,
    async [Symbol.asyncDispose]() {
      server.kill('SIGKILL');
      await once(server, 'exit');
      rmSync(folder, { recursive: true });
    },
  };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

const answers = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.destroy();
      resolve(true);
    }).on('error', () => resolve(false));
  });

/** The open-loop engine with one thread on one CPU, 64 connections kept, every answer verified. */
export function generate(
  { port }: Bench,
  shape: LoadShape,
  durationMs: number,
  started: (pid: number) => void = () => {},
): Promise<LoadResult> {
  const expect = { status: 200, bodyBytes, servedBy: ['x-assay-backend', 'hit'] as const };
  const order: LoadOrder = {
    shape,
    targets: [{ name: 'nginx', address: '127.0.0.1', port, host: 'nginx.example', path: '/', expect }],
    connections: 64,
    connectionUse: 'keep-alive',
    protocol: 'http/1.1',
    warmUpMs: 2000,
    durationMs,
    timeoutMs: 5000,
    seed: 1,
    threads: 1,
    programs: {},
  };
  return runEngine(engine, order, generatorCpu, started);
}

/** Milliseconds of a percentile of an encoded histogram. */
export const percentileMs = (histogram: string | undefined, percentile: number): number =>
  (percentilesUs(decodeHistogram(histogram ?? ''), [percentile])?.[0] ?? 0) / 1000;
