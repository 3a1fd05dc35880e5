// How often a thing is called different from itself: two proxies that are the same, compared again and again.
//   node dist/test/benchmarks/a-a.js [COMPARISONS, default 100] [RUNS a side, default 10] [SECONDS a run, default 1]
import { startInstrument } from './instrument.ts';

const [wanted = 100, runs = 10, seconds = 1] = process.argv.slice(2).map(Number);
await using instrument = await startInstrument();
const rateRps = Math.round(0.3 * (await instrument.capacity()));
const counts: Record<string, number> = {};
let compared = 0;
let reports = 0;
let reportsWrong = 0;
for (let trial = 1; compared < wanted; trial += 1) {
  const [comparisons = []] = await instrument.compare({ runs, durationMs: 1000 * seconds, seed: trial }, rateRps);
  compared += comparisons.length;
  reports += 1;
  const wrong = comparisons.filter(({ verdict }) => verdict === 'better' || verdict === 'worse');
  if (wrong.length > 0) reportsWrong += 1;
  for (const { verdict } of comparisons) counts[verdict] = (counts[verdict] ?? 0) + 1;
  for (const { point, figure, effect } of wrong)
    console.log(`  ${point}, ${figure}: ${effect.estimate.toFixed(3)} times`);
  console.log(`report ${trial}: ${comparisons.length} comparisons, ${compared} in all: ${JSON.stringify(counts)}`);
  if (trial > 3 && compared === 0) throw new Error('every figure is void: this machine is too busy');
}
const different = (counts.better ?? 0) + (counts.worse ?? 0);
console.log(
  `${different} of ${compared} comparisons called different (${((100 * different) / compared).toFixed(1)} %, at most 5 %), in ${reportsWrong} of ${reports} reports`,
);
process.exitCode = different <= 0.05 * compared ? 0 : 1;
