// How long a whole run takes, what memory at most, and whether its verdicts are the same every time:
//   node dist/test/benchmarks/repeat.js [RUNS, default 20] [flags of `ingress-assay conformance`…]
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { memoryOfProcess } from '../../clusters/local/kept/memory.ts';
import { summaryOf } from '../../src/kit/latency.ts';
import type { Report } from '../../src/model/report.ts';
import { tally, tallyLine } from '../../src/model/summary.ts';
import { compiledModule } from '../../src/paths.ts';

const [runs = '20', ...flags] = process.argv.slice(2);
const out = mkdtempSync(join(tmpdir(), 'assay-repeat-'));
const figures: Record<string, number[]> = {};
const verdicts = new Map<string, string[]>();

const note = (name: string, value: number) => {
  figures[name] = [...(figures[name] ?? []), value];
};

const read = (path: string): string => {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return ''; // it has just ended
  }
};

/** A process and all below it, each name with its proportional share of memory in MiB. */
async function memoryBelow(root: number): Promise<ReadonlyMap<string, number>> {
  const parents = new Map(
    readdirSync('/proc').flatMap((entry) => {
      const parent = /^\d+ \(.*\) \S (\d+)/s.exec(read(`/proc/${Number(entry)}/stat`))?.[1];
      return parent === undefined ? [] : [[Number(entry), Number(parent)] as const];
    }),
  );
  const isBelow = (pid: number | undefined): boolean => pid === root || (!!pid && isBelow(parents.get(pid)));
  const byName = new Map<string, number>();
  for (const pid of [...parents.keys()].filter(isBelow)) {
    const process = await memoryOfProcess(String(pid));
    if (process !== undefined) byName.set(process.name, (byName.get(process.name) ?? 0) + process.memoryMiB);
  }
  return byName;
}

const total = (byName: ReadonlyMap<string, number>): number => [...byName.values()].reduce((sum, own) => sum + own, 0);

/** Who had most of it, at the peak. */
const shares = (byName: ReadonlyMap<string, number>): string =>
  [...byName]
    .sort(([, a], [, b]) => b - a)
    .slice(0, 12)
    .map(([name, own]) => `${name} ${Math.round(own)}`)
    .join(', ');

for (let run = 1; run <= Number(runs); run++) {
  const folder = join(out, String(run));
  const start = performance.now();
  const child = spawn(process.execPath, [compiledModule('src/cli/main.ts'), 'conformance', '--out', folder, ...flags], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  let peak: ReadonlyMap<string, number> = new Map();
  const sampling = setInterval(async () => {
    const now = await memoryBelow(child.pid ?? 0);
    if (total(now) > total(peak)) peak = now;
  }, 3000);
  const [status] = await once(child, 'exit');
  clearInterval(sampling);
  const wholeS = (performance.now() - start) / 1000;
  const report = JSON.parse(readFileSync(join(folder, 'report.json'), 'utf8')) as Report;
  note('whole, s', wholeS);
  note('peak, MiB', total(peak));
  for (const { name, durationMs } of report.run.phases) note(`${name}, s`, durationMs / 1000);
  for (const { id, verdict } of report.checks) {
    const said = verdict.kind === 'observed' ? verdict.value : verdict.kind;
    verdicts.set(id, [...(verdicts.get(id) ?? []), said]);
  }
  console.log(`run ${run}: exit ${status}, ${wholeS.toFixed(1)} s, ${tallyLine(tally(report.checks))}`);
  console.log(`  memory, MiB: ${shares(peak)}`);
}

console.log('\n                  min  median     p90     max');
for (const [name, values] of Object.entries(figures)) {
  const summary = summaryOf(values);
  if (summary === undefined) continue;
  const cells = [summary.min, summary.median, summary.p90, summary.max].map((value) => value.toFixed(1).padStart(7));
  console.log(`${name.padEnd(13)} ${cells.join(' ')}`);
}
const unsteady = [...verdicts].filter(([, kinds]) => new Set(kinds).size > 1);
console.log(`\n${verdicts.size - unsteady.length} of ${verdicts.size} checks had the same verdict ${runs} times`);
for (const [id, kinds] of unsteady) console.log(`  ${id}: ${kinds.join(' ')}`);
if (unsteady.length === 0) rmSync(out, { recursive: true });
else console.log(`reports: ${out}`);
process.exitCode = unsteady.length === 0 ? 0 : 1;
