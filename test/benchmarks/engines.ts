import { execFile, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import autocannon from 'autocannon';
import { type LoadOrder, loadResultSchema } from '../../src/model/load.ts';
import { compiledModule } from '../../src/paths.ts';
import { readEngines } from '../../src/run/catalogue.ts';
import { decodeHistogram } from '../../src/stats/histogram.ts';
import { orderTo, programsOf, targetAt } from '../load/order-to.ts';
import { startEngine } from '../load/run-engine.ts';

// What each engine, and each tool taken by its word, says of the latency of a server that stalls for one second in ten, beside what it
// must be: of 500 requests a second, those that fall into the stall wait for its end, the first for a second, the last not at all.
//   node dist/test/benchmarks/engines.js

const rateRps = 500;
const durationMs = 10_000;
const stallMs = 1000;
const engines = await readEngines();
const none = '–';
const ms = (value: number | undefined) => (value === undefined ? none : value.toFixed(1));

/** The latency, in ms, that this share of requests stays at or below; of those outside of the stall it is next to nothing. */
const truth = (percentile: number) => Math.max(0, stallMs - ((100 - percentile) / 100) * durationMs);

interface Row {
  readonly what: string;
  readonly requests: number;
  readonly dropped?: number;
  readonly p99?: number | undefined;
  readonly p999?: number | undefined;
}
const print = ({ what, requests, dropped, p99, p999 }: Row) =>
  console.log(
    [
      what.padEnd(58),
      String(requests).padStart(9),
      String(dropped ?? none).padStart(8),
      ms(p99).padStart(8),
      ms(p999).padStart(8),
    ].join(' '),
  );

/** A stalling server of its own for each, so that each meets the stall at the same time of its run. */
async function withServer<T>(measure: (port: number) => Promise<T>): Promise<T> {
  const server = spawn(process.execPath, [compiledModule('test/benchmarks/stalling-server.ts')], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  try {
    for await (const line of createInterface({ input: server.stdout })) return await measure(Number(line));
    throw new Error('the server did not start');
  } finally {
    server.stdin.end();
  }
}

async function byEngine(name: string, what: string, changes: Partial<LoadOrder>): Promise<Row> {
  const engine = engines.find((one) => one.name === name);
  if (engine === undefined) throw new Error(`there is no engine ${name}`);
  const programs = await programsOf(engine);
  return withServer(async (port) => {
    const target = targetAt(port, { expect: { status: 200, bodyBytes: 3 } });
    const order = orderTo([target], { durationMs, timeoutMs: 5000, ...programs, ...changes });
    const { code, stdout, stderr } = await startEngine(engine, order);
    if (code !== 0) throw new Error(`${name}: ${stderr}`);
    const { answered, latency, generator } = loadResultSchema.parse(JSON.parse(stdout));
    const histogram = latency === undefined ? undefined : decodeHistogram(latency.histogram);
    const at = (percentile: number) =>
      histogram === undefined ? undefined : histogram.getValueAtPercentile(percentile) / 1000;
    return { what, requests: answered, dropped: generator.dropped, p99: at(99), p999: at(99.9) };
  });
}

/** autocannon as its own documentation has it, with the correction that it makes unasked. */
const autocannonItself = (what: string, rate: number | undefined): Promise<Row> =>
  withServer(async (port) => {
    const { latency, requests } = await autocannon({
      url: `http://127.0.0.1:${port}`,
      connections: 16,
      duration: durationMs / 1000,
      ...(rate !== undefined && { overallRate: rate }),
    });
    return { what, requests: requests.total, p99: latency.p99, p999: latency.p99_9 };
  });

async function wrkItself(what: string): Promise<Row> {
  const engine = engines.find(({ name }) => name === 'wrk');
  if (engine === undefined) throw new Error('there is no engine wrk');
  const { programs, programEnv } = await programsOf(engine);
  return withServer(async (port) => {
    const args = ['-t1', '-c16', `-d${durationMs / 1000}s`, '--latency', `http://127.0.0.1:${port}`];
    const env = { ...process.env, ...programEnv?.wrk };
    const { stdout } = await promisify(execFile)(programs.wrk ?? '', args, { env });
    const [, value, unit] = /^\s+99%\s+([\d.]+)(us|ms|s)$/m.exec(stdout) ?? [];
    const scale = { us: 1e-3, ms: 1, s: 1e3 }[unit ?? 'ms'] ?? 1;
    return { what, requests: Number(/(\d+) requests in/.exec(stdout)?.[1]), p99: Number(value) * scale };
  });
}

const rate: Partial<LoadOrder> = { shape: { kind: 'rate', rateRps, arrivals: 'constant' } };
console.log(['what'.padEnd(58), ' answered', ' dropped', '  p99 ms', ' p99.9 ms'].join(' '));
print({ what: 'what it must be at 500/s', requests: (rateRps * durationMs) / 1000, p99: truth(99), p999: truth(99.9) });
print(await byEngine('open-loop', 'open-loop at 500/s, 16 connections', { ...rate, connections: 16 }));
print(await byEngine('k6', 'k6 at 500/s, 600 connections', { ...rate, connections: 600 }));
print(await byEngine('k6', 'k6 at 500/s, 16 connections', { ...rate, connections: 16 }));
print(await autocannonItself('autocannon itself at 500/s, 16 connections', rateRps));
print(await autocannonItself('autocannon itself at saturation, 16 connections', undefined));
print(await byEngine('autocannon', 'autocannon as our engine at saturation, 16 connections', { connections: 16 }));
print(await wrkItself('wrk itself at saturation, 16 connections'));
print(await byEngine('wrk', 'wrk as our engine at saturation, 16 connections', { connections: 16 }));
