// Whether the smallest effect that a run says it could have seen is found by the next: injected by a proxy that is slower by just that.
//   node dist/test/benchmarks/smallest-effect.js [TRIALS, default 50] [RUNS a side, default 10] [SECONDS a run, default 1]
import { sorted } from '../../src/stats/sample.ts';
import { startPair } from './instrument.ts';

const [trials = 50, runs = 10, seconds = 1] = process.argv.slice(2).map(Number);
const durationMs = 1000 * seconds;
await using pair = await startPair();
const compare = async (seed: number) =>
  (await pair.compare({ runs, durationMs, seed })).find(({ figure }) => figure === 'throughput');
const percent = (share: number | undefined) => `${(100 * (share ?? Number.NaN)).toFixed(1)} %`;

// What a run says of itself is read off the spread of either side, and does not depend on how far they are apart. A machine is noisier in some minutes
// than in others, so each trial takes the word of the run just before it.
let said: number | undefined;
const verdicts: Record<string, number> = {};
const injected: number[] = [];
const missed: number[] = [];
for (let seed = 1; injected.length < trials; seed += 1) {
  if (said !== undefined) pair.b.slow(said);
  const comparison = await compare(seed);
  const verdict = comparison?.verdict ?? 'void';
  if (said !== undefined && comparison !== undefined) {
    injected.push(said);
    verdicts[verdict] = (verdicts[verdict] ?? 0) + 1;
    missed.push(Math.log(comparison.effect.estimate * (1 + said)));
  }
  console.log(
    `run ${seed}: ${verdict}, ${comparison?.effect.estimate.toFixed(3)} times, injected ${said === undefined ? 'nothing' : (1 / (1 + said)).toFixed(3)}; it could have seen ${percent(comparison?.smallestEffect)}; ${JSON.stringify(verdicts)}`,
  );
  said = comparison?.smallestEffect ?? said;
}
const found = verdicts.worse ?? 0;
const inOrder = sorted(injected);
const at = (share: number) => inOrder[Math.floor(share * (trials - 1))];
console.log(
  `found in ${found} of ${trials} trials (at least 80 %); effects of ${percent(inOrder[0])} to ${percent(inOrder.at(-1))}, half of them ${percent(at(0.25))} to ${percent(at(0.75))}, ${percent(at(0.5))} in the middle`,
);
const mean = missed.reduce((sum, one) => sum + one, 0) / trials;
console.log(`what was seen, times what was injected: ${Math.exp(mean).toFixed(3)} (geometric mean)`);
process.exitCode = found >= 0.8 * trials ? 0 : 1;
