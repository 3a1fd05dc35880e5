import { setTimeout as pause } from 'node:timers/promises';
import { generate, openBench, percentileMs } from './load-bench.ts';

// The server stands still for a second in 20 s of constant load: what the open-loop engine sees of it against what must be seen (to be:
// p99 and p99.9 within 2 %).
//   node dist/test/benchmarks/stall.js [RUNS, default 3] [REQUESTS PER SECOND, default 1000]
//
// A request that is due x after the stall began waits for what is left of it, S - x, and then for those before it, x R / C. So the share
// 1 - q of all requests that waits longest is the first (1 - q) D of the stall, and the quantile q of the latency is S - (1 - q) D (1 - R / C).

const [runs = 3, rateRps = 1000] = process.argv.slice(2).map(Number);
const durationMs = 20_000;

await using bench = await openBench();
const saturated = await generate(bench, { kind: 'saturation' }, 3000);
const capacityRps = (1000 * saturated.answered) / saturated.durationMs;
const rows: Record<string, string>[] = [];
for (let run = 1; run <= runs; run++) {
  const load = generate(bench, { kind: 'rate', rateRps, arrivals: 'constant' }, durationMs);
  await pause(9000);
  const startMs = performance.now();
  process.kill(bench.serverPid, 'SIGSTOP');
  await pause(1000);
  process.kill(bench.serverPid, 'SIGCONT');
  const stallMs = performance.now() - startMs;
  const { offered, answered, latency, waitedForConnection } = await load;
  for (const percentile of [99, 99.9]) {
    const dueMs = stallMs - (1 - percentile / 100) * durationMs * (1 - rateRps / capacityRps);
    const seenMs = percentileMs(latency?.histogram, percentile);
    rows.push({
      run: String(run),
      answered: `${answered} of ${offered}`,
      waited: String(waitedForConnection),
      percentile: `p${percentile}`,
      'must be, ms': dueMs.toFixed(1),
      'seen, ms': seenMs.toFixed(1),
      off: `${(100 * (seenMs / dueMs - 1)).toFixed(2)} %`,
    });
  }
}
console.table(rows);
