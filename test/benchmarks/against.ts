import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import reference from '../../controllers/reference/index.ts';
import { catchInterruption } from '../../src/cli/interruption.ts';
import { createProgress } from '../../src/cli/progress.ts';
import type { CheckReport, Report } from '../../src/model/report.ts';
import { tally, tallyLine } from '../../src/model/summary.ts';
import { readSuites } from '../../src/run/catalogue.ts';
import { createToolchain } from '../../src/toolchain/toolchain.ts';
import { mutantController, openMutantLab } from '../mutant-lab.ts';
import { mutantNames, readMutants } from '../read-mutants.ts';
import { slowController } from '../slow.ts';

// The whole of the suites against the reference and then against slow references or mutants: how long it takes, how much memory
// the harness takes at most, and which verdicts are not the reference's:
//   node dist/test/benchmarks/against.js <name of a slow reference or a mutant>…

const names = process.argv.slice(2);
const mutants = await readMutants(names.filter((name) => mutantNames.includes(name)));
const controllers = [
  reference,
  ...names.map((name) => {
    const mutant = mutants.find((one) => one.name === name);
    return mutant === undefined ? slowController(name) : mutantController(mutant, 'story');
  }),
];
const suites = await readSuites();
const ids = suites.flatMap(({ checks }) => checks.map(({ id }) => id));
using progress = createProgress(process.stdout);
using interruption = catchInterruption(progress.note);
const { signal } = interruption;
const logFolder = await mkdtemp(join(tmpdir(), 'assay-against-'));
type Verdict = CheckReport['verdict'];
const said = (verdict: Verdict | undefined) => (verdict?.kind === 'observed' ? verdict.value : verdict?.kind);
let first: Report | undefined;
{
  const host = { progress, signal, toolchain: createToolchain({ progress, signal }) };
  await using lab = await openMutantLab(suites, host, logFolder);
  for (const controller of controllers) {
    signal.throwIfAborted();
    const report = await progress.step(controller.name, () => lab.tell(controller, ids));
    const seconds = (report.run.durationMs / 1000).toFixed(1);
    const peakMiB = Math.round(process.resourceUsage().maxRSS / 1024);
    progress.note(
      `  ${controller.name}: ${tallyLine(tally(report.checks))} in ${seconds} s; peak so far ${peakMiB} MiB`,
    );
    for (const { id, verdict } of report.checks) {
      const before = said(first?.checks.find((one) => one.id === id)?.verdict);
      if (before === undefined || before === said(verdict)) continue;
      const { expected = '', actual = '' } = verdict.kind === 'failed' ? verdict.failure : {};
      progress.note(
        `    ${id}: ${before}, now ${said(verdict)} ${expected && `(expected ${expected}; got ${actual})`}`,
      );
    }
    first ??= report;
  }
}
await rm(logFolder, { recursive: true, force: true });
