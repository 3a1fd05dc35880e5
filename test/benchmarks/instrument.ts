// What the instrument resolves on this machine: our engine, its schedule and its verdicts, on proxies in front of the same nginx.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import openLoop from '../../load/open-loop/index.ts';
import type { Benchmark, BenchmarkSide } from '../../src/model/benchmark.ts';
import type { LoadOrder } from '../../src/model/load.ts';
import type { ScenarioPoint } from '../../src/model/scenario.ts';
import { measure } from '../../src/run/benchmark/measure.ts';
import { withPrecedence } from '../../src/run/benchmark/precedence.ts';
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

/** Proxies in front of one server. */
export interface Instrument extends AsyncDisposable {
  readonly others: readonly Proxy[];
  /** The comparisons of one report of each other proxy with the first: under saturation, and at a rate where one is given. */
  compare(trial: Trial, rateRps?: number): Promise<readonly Benchmark['comparisons'][]>;
  /** Requests a second under saturation, as a few seconds of the first have it. */
  capacity(): Promise<number>;
}

/** The proxies are warm from the run before. */
const warmUpMs = 300;

const saturation: ScenarioPoint = {
  name: '16 connections',
  profile: 'smoke',
  load: { kind: 'saturation' },
  connections: 16,
};

/** Brings all up: the first is side `a` of every report, each of the others side `b` of one. */
export async function startInstrument(others = 1): Promise<Instrument> {
  const server = await servingFast();
  const first = await startProxy(server.port);
  const rest: Proxy[] = [];
  for (let index = 0; index < others; index += 1) rest.push(await startProxy(server.port));
  const here = benchHere();
  const bench = { ...here, start: (await withPrecedence(here.start)) ?? here.start };

  /** A point of each report, all in the same minutes: where it is side `b`'s turn, each of the others has one, in one order and then in the other. */
  async function pointsOf(rateRps: number | undefined, { runs, durationMs, seed }: Trial) {
    const point: ScenarioPoint =
      rateRps === undefined ? saturation : { ...saturation, name: 'at a rate', load: { kind: 'rate', rateRps } };
    const records = rest.map((): PointRecord => ({ point, rateRps, runs: [] }));
    const run = (side: BenchmarkSide, port: number) => {
      const order: LoadOrder = {
        ...orderTo(port, { durationMs, warmUpMs, connections: point.connections, seed }),
        ...(rateRps !== undefined && atRate(rateRps)),
      };
      return measure(bench, openLoop, side, order);
    };
    let turns = [...rest.keys()];
    for (const side of turnsOf(runs, seed, true)) {
      if (side === 'b') {
        for (const index of turns) records[index]?.runs.push(await run('b', (rest[index] as Proxy).port));
        turns = turns.toReversed();
      } else {
        const shared = await run(side, side === 'a' ? first.port : server.port);
        for (const record of records) record.runs.push(shared);
      }
    }
    return records;
  }

  function comparisonsOf(points: PointRecord[], { runs, seed }: Trial): Benchmark['comparisons'] {
    const scenario = { id: 'benchmark/instrument', title: 'proxies', engine: 'open-loop', points: [saturation] };
    const { comparisons, scenarios } = benchmarkOf({
      profile: 'smoke',
      seed,
      runsPerSide: runs,
      judgeOptions: {},
      scenarios: [{ scenario, points, findings: {} }],
    });
    for (const { figures, name } of scenarios[0]?.points ?? [])
      for (const figure of figures)
        if (figure.void !== undefined && figure.side !== 'direct' && /throughput|p50/.test(figure.name))
          console.log(`  void: ${name} of ${figure.side}: ${figure.void}`);
    return comparisons;
  }

  return {
    others: rest,
    async compare(trial, rateRps) {
      const points = [await pointsOf(undefined, trial)];
      if (rateRps !== undefined) points.push(await pointsOf(rateRps, trial));
      return rest.map((_, index) =>
        comparisonsOf(
          points.map((records) => records[index] as PointRecord),
          trial,
        ),
      );
    },
    async capacity() {
      const { result } = await measure(
        bench,
        openLoop,
        'a',
        orderTo(first.port, { durationMs: 3000, connections: 16 }),
      );
      return result.answered / (result.durationMs / 1000);
    },
    async [Symbol.asyncDispose]() {
      for (const each of [...rest, first, server]) await each[Symbol.asyncDispose]();
    },
  };
}
