// What the instrument resolves on this machine: our engine, its schedule and its verdicts, on two proxies in front of the same nginx.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import openLoop from '../../load/open-loop/index.ts';
import type { Benchmark } from '../../src/model/benchmark.ts';
import type { LoadOrder } from '../../src/model/load.ts';
import type { ScenarioPoint } from '../../src/model/scenario.ts';
import { measure } from '../../src/run/benchmark/measure.ts';
import { withPrecedence } from '../../src/run/benchmark/precedence.ts';
import { measures } from '../../src/run/benchmark/profiles.ts';
import { benchmarkOf, type PointRecord } from '../../src/run/benchmark/record.ts';
import { turnsOf } from '../../src/run/benchmark/turns.ts';
import { atRate, benchHere, orderTo, servingFast } from '../src/run/benchmark/bench.ts';

/** A proxy of one thread that spends some 40 µs on each request, as a controller would. */
export interface Proxy extends AsyncDisposable {
  readonly port: number;
  /**
   * Takes so much longer for everything from now on, as a share: it works for a millisecond and stands still for that share of one. Told to spend more on
   * each request it would not: what a microsecond of code costs is more than that, and not the same at every length.
   */
  slow(share: number): void;
}

const [ownMs, workMs] = [0.04, 1];

/** Starts a proxy that passes bytes on to a port of this machine, as they are. */
export async function startProxy(to: number): Promise<Proxy> {
  const source = `
    const spin = (ms) => { for (const until = performance.now() + ms; performance.now() < until; ); };
    let [share, sinceMs] = [0, performance.now()];
    process.on('message', (told) => { share = told; });
    process.on('disconnect', () => process.exit());
    const net = require('node:net');
    const server = net.createServer({ noDelay: true }, (client) => {
      const behind = net.connect({ port: ${to}, host: '127.0.0.1', noDelay: true });
      client.on('data', (bytes) => {
        spin(${ownMs});
        const workedMs = performance.now() - sinceMs;
        if (workedMs >= ${workMs}) {
          spin(Math.min(workedMs, ${10 * workMs}) * share); // not of the time before the first request
          sinceMs = performance.now();
        }
        behind.write(bytes);
      });
      behind.on('data', (bytes) => client.write(bytes));
      for (const [one, other] of [[client, behind], [behind, client]]) one.on('close', () => other.destroy()).on('error', () => {});
    });
    server.listen(0, '127.0.0.1', () => process.send(server.address().port));`;
  const child = spawn(process.execPath, ['-e', source], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  const [port] = (await once(child, 'message')) as [number];
  return {
    port,
    slow: (share) => child.send(share),
    async [Symbol.asyncDispose]() {
      child.kill('SIGKILL');
      await once(child, 'exit');
    },
  };
}

/** What each trial is told. */
export interface Trial {
  readonly runs: number;
  readonly durationMs: number;
  readonly seed: number;
}

/** Two proxies in front of one server. */
export interface Pair extends AsyncDisposable {
  readonly a: Proxy;
  readonly b: Proxy;
  /** The comparisons of one report: under saturation, and at a rate where one is given. */
  compare(trial: Trial, rateRps?: number): Promise<Benchmark['comparisons']>;
  /** Requests a second under saturation, as a few runs of `a` have it. */
  capacity(): Promise<number>;
}

const saturation: ScenarioPoint = {
  name: '16 connections',
  profile: 'smoke',
  load: { kind: 'saturation' },
  connections: 16,
};

/** Brings both up. */
export async function startPair(): Promise<Pair> {
  const server = await servingFast();
  const [a, b] = [await startProxy(server.port), await startProxy(server.port)];
  const ports = { a: a.port, b: b.port, direct: server.port };
  const here = benchHere();
  const bench = { ...here, start: (await withPrecedence(here.start)) ?? here.start };

  async function pointOf(point: ScenarioPoint, rateRps: number | undefined, { runs, durationMs, seed }: Trial) {
    const record: PointRecord = { point, rateRps, runs: [] };
    for (const side of turnsOf(runs, seed, true)) {
      const order: LoadOrder = {
        ...orderTo(ports[side], {
          durationMs,
          warmUpMs: measures.smoke.warmUpMs,
          connections: point.connections,
          seed,
        }),
        ...(rateRps !== undefined && atRate(rateRps)),
      };
      record.runs.push(await measure(bench, openLoop, side, order));
    }
    return record;
  }

  return {
    a,
    b,
    async compare(trial, rateRps) {
      const points = [await pointOf(saturation, undefined, trial)];
      if (rateRps !== undefined)
        points.push(
          await pointOf({ ...saturation, name: 'at a rate', load: { kind: 'rate', rateRps } }, rateRps, trial),
        );
      const scenario = { id: 'benchmark/instrument', title: 'two proxies', engine: 'open-loop', points: [saturation] };
      const { comparisons, scenarios } = benchmarkOf({
        profile: 'smoke',
        seed: trial.seed,
        runsPerSide: trial.runs,
        judgeOptions: {},
        scenarios: [{ scenario, points, findings: {} }],
      });
      for (const { figures, name } of scenarios[0]?.points ?? [])
        for (const figure of figures)
          if (figure.void !== undefined && figure.side !== 'direct' && /throughput|p50/.test(figure.name))
            console.log(`  void: ${name} of ${figure.side}: ${figure.void}`);
      return comparisons;
    },
    async capacity() {
      const order = orderTo(a.port, { durationMs: 3000, connections: 16 });
      const { result } = await measure(bench, openLoop, 'a', order);
      return result.answered / (result.durationMs / 1000);
    },
    async [Symbol.asyncDispose]() {
      for (const each of [b, a, server]) await each[Symbol.asyncDispose]();
    },
  };
}
