import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { LoadShape } from '../../src/model/load.ts';
import { machineUse, readMachine } from '../../src/run/benchmark/machine.ts';
import { pairedRatio } from '../../src/stats/paired-ratio.ts';
import { median } from '../../src/stats/sample.ts';
import { failed } from '../load/run-engine.ts';
import { type Bench, generate, generatorCpu, openBench, percentileMs } from './load-bench.ts';

// The open-loop engine on one CPU against `wrk -t1`, 64 connections kept, turn about before one nginx worker on the other (to be: at
// least 0.7 of wrk's requests); then how late it sends at shares of that capacity (to be: p99 at most 1 ms at 70 %):
//   node dist/test/benchmarks/open-loop.js [ROUNDS, default 5] [SECONDS of each run, default 4]

const [rounds = 5, seconds = 4] = process.argv.slice(2).map(Number);

async function wrkRps({ wrk, port }: Bench): Promise<number> {
  const [program = '', ...args] = [
    ...generatorCpu,
    wrk.path,
    '-t1',
    '-c64',
    `-d${seconds}s`,
    `http://127.0.0.1:${port}/`,
  ];
  const { stdout } = await promisify(execFile)(program, args, { env: { ...process.env, ...wrk.env } });
  return Number(/Requests\/sec:\s+([\d.]+)/.exec(stdout)?.[1]);
}

async function ourRps(bench: Bench): Promise<number> {
  const result = await generate(bench, { kind: 'saturation' }, seconds * 1000);
  if (failed(result) > 0) throw new Error(JSON.stringify(result.failures));
  return (1000 * result.answered) / result.durationMs;
}

await using bench = await openBench();
const pairs: [number, number][] = [];
for (let round = 0; round < rounds; round++) {
  const first = round % 2 === 0 ? await wrkRps(bench) : undefined;
  const ours = await ourRps(bench);
  const wrk = first ?? (await wrkRps(bench));
  pairs.push([wrk, ours]);
  console.log(
    `round ${round + 1}: wrk ${wrk.toFixed(0)}/s, ours ${ours.toFixed(0)}/s, ratio ${(ours / wrk).toFixed(3)}`,
  );
}
const { estimate, lower, upper } = pairedRatio(pairs, { seed: 1 });
console.log(`ratio ${estimate.toFixed(3)}, 95 % interval ${lower?.toFixed(3)} to ${upper?.toFixed(3)}`);

const capacityRps = median(pairs.map(([, ours]) => ours));
const rows: Record<string, string>[] = [];
for (const arrivals of ['constant', 'poisson'] as const) {
  for (const share of [0.01, 0.1, 0.3, 0.5, 0.7, 0.9]) {
    const shape: LoadShape = { kind: 'rate', rateRps: Math.round(share * capacityRps), arrivals };
    const before = readMachine();
    const {
      offered,
      answered,
      sendLag,
      latency,
      generator,
      waitedForConnection = 0,
    } = await generate(bench, shape, seconds * 1000);
    const { stolenShare } = machineUse(before, readMachine());
    rows.push({
      arrivals,
      'of capacity': `${100 * share} %`,
      'requests/s': String(shape.rateRps),
      answered: `${((100 * answered) / offered).toFixed(2)} %`,
      'send lag p50, ms': percentileMs(sendLag, 50).toFixed(3),
      'send lag p99, ms': percentileMs(sendLag, 99).toFixed(3),
      'latency p50, ms': percentileMs(latency?.histogram, 50).toFixed(3),
      'latency p99, ms': percentileMs(latency?.histogram, 99).toFixed(3),
      'waited for a connection': `${((100 * waitedForConnection) / offered).toFixed(2)} %`,
      'loop lag p99, ms': ((generator.eventLoopLagP99Us ?? 0) / 1000).toFixed(3),
      'CPU share': (generator.cpuShare ?? 0).toFixed(2),
      'taken by the host': `${(100 * stolenShare).toFixed(1)} %`,
    });
  }
}
console.table(rows);
