import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import pLimit from 'p-limit';
import reference, { referenceRunning } from '../controllers/reference/index.ts';
import { catchInterruption } from '../src/cli/interruption.ts';
import { createProgress } from '../src/cli/progress.ts';
import type { Report } from '../src/model/report.ts';
import { timeouts } from '../src/model/timeouts.ts';
import { packageRoot } from '../src/paths.ts';
import { readSuites } from '../src/run/catalogue.ts';
import { createToolchain } from '../src/toolchain/toolchain.ts';
import type { Mutant } from './mutant.ts';
import { changesTheCluster, judgesNoController, mutantController, openMutantLab } from './mutant-lab.ts';
import { type Kill, killsOf, mutantTable } from './mutant-verdict.ts';
import { mutantNames, readMutants } from './read-mutants.ts';

// Every check against every mutant it ought to kill, and against the reference, on one cluster:
//   npm run test:mutants                     all, and docs/mutants.md
//   npm run test:mutants -- --smoke          a few
//   npm run test:mutants -- <name> …         these

/** One for each area at least, and quick. */
const smoke = [
  'string-prefix',
  'wildcard-over-two-labels',
  'default-back-end-only-alone',
  'port-number-ignored',
  'class-ignored',
  'one-in-200-from-a-wrong-back-end',
  'service-address',
  'status-page-on-every-host',
];
/** A fault is there for good: what the reference does in a fraction of this, a mutant would never. */
const convergeMs = 7_000;
const settleMs = 3_000;
/** What a failure here would hide is a fault of this machine, and that fails the table by itself: its message names no mutant's fault. */
const containerEndMs = 1_000;
/** Controllers that are tried side by side. More would leave none of them the processor. */
const atOnce = 4;

const { values, positionals } = parseArgs({
  options: { smoke: { type: 'boolean', default: false } },
  allowPositionals: true,
});
const wanted = values.smoke ? smoke : positionals;
const chosen = wanted.length > 0 ? wanted : mutantNames;
const unknown = chosen.filter((name) => !mutantNames.includes(name));
if (unknown.length > 0) throw new Error(`no such mutant: ${unknown.join(', ')}; there are: ${mutantNames.join(', ')}`);
const mutants = await readMutants(chosen);

const suites = await readSuites();
const judging = suites.flatMap(({ area, checks }) =>
  checks
    .filter(({ id, level }) => level !== 'observation' && !judgesNoController.has(id))
    .map((check) => ({ check, inStory: area.story !== undefined || check.last === true })),
);
const checks = judging.map(({ check }) => check.id);
const killers = new Set(mutants.flatMap(({ killedBy }) => Object.keys(killedBy)));

/** The checks that a controller is to be put to: beside others, beside others but with nobody else asking the same, and with the cluster to itself, as in the story. */
function lanes(asked: (id: string) => boolean) {
  const those = judging.filter(({ check }) => asked(check.id));
  const ids = (lane: typeof those) => lane.map(({ check }) => check.id);
  return {
    beside: ids(those.filter(({ check, inStory }) => !inStory && !changesTheCluster.has(check.id))),
    alone: ids(those.filter(({ check, inStory }) => !inStory && changesTheCluster.has(check.id))),
    story: ids(those.filter(({ inStory }) => inStory)),
  };
}

/** The reference with a class of its own, for a place among mutants: under the bounds, and beside the neighbours, that they have. */
const referenceBeside = (name: string) =>
  referenceRunning(['controllers/reference/program/main.ts'], {
    name,
    title: name,
    ingressClass: `beside-${name}`,
    front: false,
  });

Object.assign(timeouts, { convergeMs, settleMs, containerEndMs });
using progress = createProgress(process.stdout);
using interruption = catchInterruption(progress.note);
const { signal } = interruption;
const logFolder = await mkdtemp(join(tmpdir(), 'assay-mutants-'));
const problems: string[] = [];
const kills: Kill[] = [];

function enter(its: readonly Kill[]): void {
  kills.push(...its);
  for (const { mutant, check, said, problem } of its) {
    const line = `${mutant.name}: ${check}: ${problem === undefined ? '' : `${problem}: `}${said}`;
    progress.note(`  ${problem === undefined ? '✓' : '✗'} ${line}`);
    if (problem !== undefined) problems.push(line);
  }
}

{
  const host = { progress, signal, toolchain: createToolchain({ progress, signal }) };
  await using lab = await openMutantLab(suites, host, logFolder);

  const turn = pLimit(atOnce);
  const ofReference = lanes((id) => chosen === mutantNames || killers.has(id));
  const acquit = async (checks: readonly string[], tried: () => Promise<Report>) => {
    if (checks.length === 0) return;
    await progress.step('the reference is accused of nothing', async () => {
      const { checks: verdicts, run } = await tried();
      for (const { id, verdict } of verdicts)
        if (verdict.kind !== 'passed') problems.push(`the reference: ${id}: ${JSON.stringify(verdict)}`);
      if (run.problem !== undefined) problems.push(`the reference: ${run.problem.message}`);
    });
  };
  const acquitBeside = (checks: readonly string[], name: string) =>
    acquit(checks, () => lab.place(referenceBeside(name), checks));

  const put = async (mutant: Mutant, lane: 'beside' | 'alone' | 'story') => {
    signal.throwIfAborted();
    const asked = lanes((id) => id in mutant.killedBy)[lane];
    if (asked.length === 0) return;
    await progress.step(mutant.name, async () => {
      const controller = mutantController(mutant, lane === 'story' ? 'story' : 'beside');
      enter(
        killsOf(mutant, asked, await (lane === 'story' ? lab.tell(controller, asked) : lab.place(controller, asked))),
      );
    });
  };
  await Promise.all([
    turn(() => acquitBeside(ofReference.beside, 'reference')),
    ...mutants.map((mutant) => turn(() => put(mutant, 'beside'))),
  ]);
  await acquitBeside(ofReference.alone, 'reference-alone');
  for (const mutant of mutants) await put(mutant, 'alone');
  await acquit(ofReference.story, () => lab.tell(reference, ofReference.story));
  for (const mutant of mutants) await put(mutant, 'story');
}
await rm(logFolder, { recursive: true, force: true });

if (chosen === mutantNames) {
  for (const check of checks) if (!killers.has(check)) problems.push(`${check} kills no mutant: is it a check?`);
  if (problems.length === 0)
    await writeFile(join(packageRoot, 'docs/mutants.md'), mutantTable(kills, checks, judgesNoController));
}
progress[Symbol.dispose]();
for (const problem of problems) console.log(`✗ ${problem}`);
console.log(
  `${mutants.length} mutants, ${kills.filter((kill) => !kill.problem).length} kills, ${problems.length} problems`,
);
process.exitCode = problems.length === 0 ? 0 : 1;
