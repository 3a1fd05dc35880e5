import { readFileSync } from 'node:fs';
import type { LoadShape } from '../../src/model/load.ts';
import { generate, openBench } from './load-bench.ts';

// Resident memory of the open-loop engine over a long load (to be: no more at its end than after the first third, and below 400 MiB):
//   node dist/test/benchmarks/memory.js [SECONDS, default 60] [REQUESTS PER SECOND, default 40000; 0: as many as it can]

const [seconds = 60, rateRps = 40_000] = process.argv.slice(2).map(Number);
const shape: LoadShape = rateRps > 0 ? { kind: 'rate', rateRps, arrivals: 'poisson' } : { kind: 'saturation' };

const samplesMiB: number[] = [];
const sampleOf = (pid: number): void => {
  const kib = /^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'latin1'))?.[1];
  if (kib !== undefined) samplesMiB.push(Number(kib) / 1024);
};

await using bench = await openBench();
let sampling: NodeJS.Timeout | undefined;
const { answered, offered, generator } = await generate(bench, shape, seconds * 1000, (pid) => {
  sampling = setInterval(() => sampleOf(pid), 1000);
});
clearInterval(sampling);
const third = Math.floor(samplesMiB.length / 3);
const range = (part: readonly number[]) => `${Math.min(...part).toFixed(0)} to ${Math.max(...part).toFixed(0)} MiB`;
console.log(`${answered} of ${offered} answered`);
console.log(
  `first third ${range(samplesMiB.slice(0, third))}, second ${range(samplesMiB.slice(third, 2 * third))}, last ${range(samplesMiB.slice(2 * third))}`,
);
console.log(`peak ${((generator.peakMemoryBytes ?? 0) / 2 ** 20).toFixed(0)} MiB`);
