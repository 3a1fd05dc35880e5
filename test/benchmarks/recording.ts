import { newHistogram, record } from '../../src/stats/histogram.ts';
import { seededRandom } from '../../src/stats/random.ts';

// What counting one time in a histogram costs (to be: at most 10 µs), and the memory that a histogram takes:
//   node dist/test/benchmarks/recording.js

const times = 1_000_000;
const random = seededRandom(1);
/** From about 100 µs to a second, most of them short. */
const values = Float64Array.from({ length: times }, () => 100 * Math.exp(9 * random() ** 2));

const histogram = newHistogram();
for (let round = 1; round <= 5; round++) {
  const start = process.hrtime.bigint();
  for (const value of values) record(histogram, value);
  const costNs = Number(process.hrtime.bigint() - start) / times;
  console.log(`round ${round}: ${costNs.toFixed(0)} ns a time`);
}
console.log(`${histogram.totalCount} times in ${Math.round(histogram.estimatedFootprintInBytes / 1024)} KiB`);
