import { join, resolve } from 'node:path';
import { Command } from 'commander';
import { type ExitCode, environmentError, exitCodes, usageError } from '../model/errors.ts';
import { printableLine } from '../model/printable.ts';
import { readReporters } from '../run/catalogue.ts';
import { choose } from '../run/choose.ts';
import { prepareOut } from '../run/out-folder.ts';
import { readSeveral } from '../run/read-several.ts';
import { writeMerged } from '../run/write-merged.ts';
import { print, printError } from './print.ts';

/** `ingress-assay report merge`: the reports of several runs beside one another. */
export const reportMergeCommand = (): Command =>
  new Command('merge')
    .description('put the reports of several runs beside one another, as pages')
    .argument('<files...>', 'report.json files, of several controllers or of several runs of one')
    .requiredOption(
      '--html <folder>',
      'write index.html, a history of each controller with several runs, and a page for each report',
    )
    .addHelpText(
      'after',
      '\nExamples:\n  $ ingress-assay report merge traefik/report.json nginx/report.json --html site\n  $ ingress-assay report merge nightly/*/report.json --html site',
    )
    .action(async (files: readonly string[], options: { readonly html: string }) => {
      process.exitCode = await merge(files, resolve(options.html));
    });

/** What could not be read is told of, on the page too, and makes the exit code that of bad usage; the page has the rest. */
async function merge(files: readonly string[], folder: string): Promise<ExitCode> {
  const { reports, notes, errors } = await readSeveral(files);
  for (const error of errors) printError(process.stderr, error);
  if (reports.length === 0) {
    throw usageError('nothing-to-merge', `none of ${files.length} reports can be read`, { next: 'see above why' });
  }
  const { merge: pages } = choose('reporter', 'html', await readReporters(), ({ name }) => name);
  if (pages === undefined)
    throw environmentError('catalogue', 'the reporter html merges nothing', { next: 'npm run build' });
  await prepareOut(folder, '--html');
  const written = await writeMerged(pages(reports, notes), folder);
  for (const note of notes) print(process.stdout, `${printableLine(note)}\n`);
  print(process.stdout, `${reports.length} reports: ${join(folder, 'index.html')} (${written.length} pages)\n`);
  return errors.length > 0 ? exitCodes.usage : exitCodes.passed;
}
