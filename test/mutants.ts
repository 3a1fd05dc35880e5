import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import reference from '../controllers/reference/index.ts';
import { catchInterruption } from '../src/cli/interruption.ts';
import { createProgress } from '../src/cli/progress.ts';
import { timeouts } from '../src/model/timeouts.ts';
import { packageRoot } from '../src/paths.ts';
import { readSuites } from '../src/run/catalogue.ts';
import { createToolchain } from '../src/toolchain/toolchain.ts';
import type { Mutant } from './mutant.ts';
import { isTold, judgesNoController, mutantController, openMutantLab } from './mutant-lab.ts';
import { type Kill, killsOf, mutantTable } from './mutant-verdict.ts';

// Every check against every mutant it ought to kill, and against the reference, on one cluster:
//   npm run test:mutants                     all, and docs/mutants.md
//   npm run test:mutants -- --smoke          a few
//   npm run test:mutants -- <name> …         these

/** One for each kind of check, and quick. */
const smoke = ['host-ignored', 'string-prefix', 'ok-instead-of-404', 'service-address', 'status-page-on-every-host'];
/** A fault is there for good: what the reference does in a fraction of this, a mutant would never. */
const convergeMs = 12_000;

const { values, positionals } = parseArgs({
  options: { smoke: { type: 'boolean', default: false } },
  allowPositionals: true,
});
const folder = join(packageRoot, 'dist/test/mutants');
const names = (await readdir(join(packageRoot, 'test/mutants'))).map((file) => file.replace(/\.ts$/, '')).sort();
const wanted = values.smoke ? smoke : positionals;
const chosen = wanted.length > 0 ? wanted : names;
const unknown = chosen.filter((name) => !names.includes(name));
if (unknown.length > 0) throw new Error(`no such mutant: ${unknown.join(', ')}; there are: ${names.join(', ')}`);
const mutants = await Promise.all(
  chosen.map(async (name) => ((await import(join(folder, `${name}.js`))) as { default: Mutant }).default),
);

const suites = (await readSuites()).filter(({ area }) => isTold(area));
const checks = suites.flatMap((suite) => suite.checks.map(({ id }) => id)).filter((id) => !judgesNoController.has(id));
const killers = [...new Set(mutants.flatMap(({ killedBy }) => Object.keys(killedBy)))];

Object.assign(timeouts, { convergeMs });
using progress = createProgress(process.stdout);
using interruption = catchInterruption(progress.note);
const { signal } = interruption;
const logFolder = await mkdtemp(join(tmpdir(), 'assay-mutants-'));
const problems: string[] = [];
const kills: Kill[] = [];
{
  const host = { progress, signal, toolchain: createToolchain({ progress, signal }) };
  await using lab = await openMutantLab(suites, host, logFolder);

  await progress.step('the reference is accused of nothing', async () => {
    const asked = chosen === names ? checks : killers;
    const report = await lab.try(reference, asked);
    for (const { id, verdict } of report.checks)
      if (verdict.kind !== 'passed') problems.push(`the reference: ${id}: ${JSON.stringify(verdict)}`);
    if (report.run.problem !== undefined) problems.push(`the reference: ${report.run.problem.message}`);
  });
  for (const mutant of mutants) {
    signal.throwIfAborted();
    await progress.step(mutant.name, async () => {
      const its = killsOf(mutant, await lab.try(mutantController(mutant), Object.keys(mutant.killedBy)));
      kills.push(...its);
      for (const { check, said, problem } of its) {
        const line = `${mutant.name}: ${check}: ${problem === undefined ? '' : `${problem}: `}${said}`;
        progress.note(`  ${problem === undefined ? '✓' : '✗'} ${line}`);
        if (problem !== undefined) problems.push(line);
      }
    });
  }
}
await rm(logFolder, { recursive: true, force: true });

if (chosen === names) {
  for (const check of checks) if (!killers.includes(check)) problems.push(`${check} kills no mutant: is it a check?`);
  if (problems.length === 0) await writeFile(join(packageRoot, 'docs/mutants.md'), mutantTable(kills, checks));
}
progress[Symbol.dispose]();
for (const problem of problems) console.log(`✗ ${problem}`);
console.log(
  `${mutants.length} mutants, ${kills.filter((kill) => !kill.problem).length} kills, ${problems.length} problems`,
);
process.exitCode = problems.length === 0 ? 0 : 1;
