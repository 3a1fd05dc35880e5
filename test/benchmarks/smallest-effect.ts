// Whether the smallest effect that a run says it could have seen is found: injected by a proxy that is slower by just that.
//   node dist/test/benchmarks/smallest-effect.js [TRIALS, default 50] [RUNS a side, default 10] [SECONDS a run, default 1]
import { median } from '../../src/stats/sample.ts';
import { startPair } from './instrument.ts';

const [trials = 50, runs = 10, seconds = 1] = process.argv.slice(2).map(Number);
const durationMs = 1000 * seconds;
await using pair = await startPair();

// What such runs say of themselves, where nothing differs. The median of a few, since each is an estimate.
const said: number[] = [];
for (let pilot = 1; pilot <= 5; pilot += 1) {
  const throughput = (await pair.compare({ runs, durationMs, seed: pilot })).find(
    ({ figure }) => figure === 'throughput',
  );
  if (throughput?.smallestEffect !== undefined) said.push(throughput.smallestEffect);
  console.log(
    `pilot ${pilot}: ${throughput === undefined ? 'void' : `${throughput.verdict}, smallest effect ${throughput.smallestEffect?.toFixed(4)}`}`,
  );
}
const effect = median(said);
const capacityRps = await pair.capacity();
// One thread that needs so much longer for each request serves so much less.
const spinUs = (1e6 / capacityRps) * effect;
console.log(
  `resolution: ${(100 * effect).toFixed(1)} %; injected as ${spinUs.toFixed(1)} µs on each request of ${(1e6 / capacityRps).toFixed(1)} µs`,
);
pair.b.slow(spinUs);

const verdicts: Record<string, number> = {};
const seen: number[] = [];
for (let trial = 1; trial <= trials; trial += 1) {
  const throughput = (await pair.compare({ runs, durationMs, seed: 1000 + trial })).find(
    ({ figure }) => figure === 'throughput',
  );
  const verdict = throughput?.verdict ?? 'void';
  verdicts[verdict] = (verdicts[verdict] ?? 0) + 1;
  if (throughput !== undefined) seen.push(throughput.effect.estimate);
  console.log(
    `trial ${trial}: ${verdict}, ${throughput?.effect.estimate.toFixed(3)} times; ${JSON.stringify(verdicts)}`,
  );
}
const judged = trials - (verdicts.void ?? 0);
const found = verdicts.worse ?? 0;
console.log(
  `found in ${found} of ${judged} trials (${((100 * found) / judged).toFixed(0)} %, at least 80 %); median effect ${median(seen).toFixed(3)} times, injected ${(1 / (1 + effect)).toFixed(3)}`,
);
process.exitCode = found >= 0.8 * judged && judged > 0 ? 0 : 1;
