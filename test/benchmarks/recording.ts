import { counting } from '../../load/open-loop/tally.ts';
import { newHistogram, record } from '../../src/stats/histogram.ts';
import { seededRandom } from '../../src/stats/random.ts';

// What counting one time in a histogram costs, and what the open-loop engine does to record one request (to be: at most 10 µs), and the
// memory that a histogram takes:
//   node dist/test/benchmarks/recording.js

const times = 1_000_000;
const random = seededRandom(1);
/** From about 100 µs to a second, most of them short. */
const values = Float64Array.from({ length: times }, () => 100 * Math.exp(9 * random() ** 2));

/** Nanoseconds for each time. */
function costNs(one: (us: number, index: number) => void): string {
  const start = process.hrtime.bigint();
  values.forEach(one);
  return (Number(process.hrtime.bigint() - start) / times).toFixed(0);
}

const histogram = newHistogram();
const counted = counting('rate', 0, Number.POSITIVE_INFINITY, () => {});
const slot = { intendedUs: 0, sentUs: 0, freeUs: 0, busy: false, prepare() {}, start() {}, abandon() {}, close() {} };
for (let round = 1; round <= 5; round++) {
  const histogramNs = costNs((us) => record(histogram, us));
  // As at 50,000 requests/s.
  const requestNs = costNs((us, index) => {
    slot.intendedUs = index * 20;
    slot.sentUs = slot.intendedUs + 5;
    counted.sent(slot);
    counted.ended(slot, undefined, 1024, slot.intendedUs + us);
    if (index % 1000 === 0) counted.settle(slot.intendedUs);
  });
  console.log(`round ${round}: ${histogramNs} ns a time, ${requestNs} ns a request`);
}
console.log(`${histogram.totalCount} times in ${Math.round(histogram.estimatedFootprintInBytes / 1024)} KiB`);
