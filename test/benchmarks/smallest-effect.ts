// Whether the smallest effect that a run says it could have seen is found: by that very run, on a proxy that is slower by just that.
//   node dist/test/benchmarks/smallest-effect.js [TRIALS, default 50] [RUNS a side, default 10] [SECONDS a run, default 1]
//
// What a run could have seen is read off its own spread, and known when it is over; a machine is noisier in some minutes than in others. So each round
// measures proxies of several effects in the same minutes; those whose effect is about what their own comparison says are the trials.
import type { Benchmark } from '../../src/model/benchmark.ts';
import { logarithms, mean, quantile } from '../../src/stats/sample.ts';
import { startInstrument } from './instrument.ts';

/** Close enough that about two of them are within a factor of 1.22 of whatever a run may say from 5 to 13 %. */
const effects = [0.0525, 0.059, 0.0725, 0.089, 0.109];
const nearness = Math.sqrt(1.5);

const [trials = 50, runs = 10, seconds = 1] = process.argv.slice(2).map(Number);
await using instrument = await startInstrument(effects.length);
instrument.others.forEach((proxy, index) => {
  proxy.slow(effects[index] as number);
});

type Comparison = Benchmark['comparisons'][number];
interface Tried extends Comparison {
  readonly smallestEffect: number;
  readonly injected: number;
}
const away = ({ injected, smallestEffect }: Tried): number => Math.abs(Math.log(injected / smallestEffect));

const tried: Tried[] = [];
const verdicts: Record<string, number> = {};
for (let seed = 1; tried.length < trials; seed += 1) {
  const reports = await instrument.compare({ runs, durationMs: 1000 * seconds, seed });
  const seen = reports.flatMap((comparisons, index): Tried[] => {
    const throughput = comparisons.find(({ figure }) => figure === 'throughput');
    return throughput?.smallestEffect === undefined
      ? []
      : [{ ...throughput, smallestEffect: throughput.smallestEffect, injected: effects[index] as number }];
  });
  for (const { injected, verdict, effect, smallestEffect } of seen)
    console.log(
      `  ${(1 / (1 + injected)).toFixed(3)} injected: ${verdict}, ${effect.estimate.toFixed(3)}, could have seen ${percent(smallestEffect)}`,
    );
  for (const one of seen.filter((each) => away(each) <= Math.log(nearness))) {
    tried.push(one);
    verdicts[one.verdict] = (verdicts[one.verdict] ?? 0) + 1;
  }
  console.log(`round ${seed}: ${JSON.stringify(verdicts)} of ${tried.length} trials`);
  if (seed >= 5 && tried.length < seed / 5)
    throw new Error(
      'fewer than one trial in five rounds: this machine is too quiet for the effects tried, or too busy',
    );
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}
const said = tried.map(({ smallestEffect }) => smallestEffect);
const at = (share: number): string => percent(quantile(said, share));
const geometric = (of: (one: Tried) => number): string => Math.exp(mean(logarithms(tried.map(of)))).toFixed(3);
const found = verdicts.worse ?? 0;
console.log(
  `found in ${found} of ${tried.length} trials (at least 80 %); smallest effects of ${at(0)} to ${at(1)}, half of them ${at(0.25)} to ${at(0.75)}, ${at(0.5)} in the middle`,
);
console.log(
  `injected was ${geometric(({ injected, smallestEffect }) => injected / smallestEffect)} times what was said, seen ${geometric(({ effect, injected }) => effect.estimate * (1 + injected))} times the rate injected (geometric means)`,
);
process.exitCode = found >= 0.8 * tried.length ? 0 : 1;
