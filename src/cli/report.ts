import { Command } from 'commander';
import { environmentError, messageOf } from '../model/errors.ts';
import { readReporters } from '../run/catalogue.ts';
import { choose } from '../run/choose.ts';
import { writeWhole } from '../run/out-folder.ts';
import { readReport } from '../run/read-report.ts';
import { print } from './print.ts';
import { reportMergeCommand } from './report-merge.ts';
import { reportShowCommand } from './report-show.ts';
import { reportSummaryCommand } from './report-summary.ts';

/** `ingress-assay report`: draws a report file again in any format; what else there is to do with reports is below it. */
export const reportCommand = (): Command =>
  new Command('report')
    .description('draw the report of an earlier run in another format')
    .argument('<file>', 'the report.json of a run')
    .option('--format <reporter>', 'one that ingress-assay list names', 'console')
    .option('--out <file>', 'write into this file instead of stdout')
    .addHelpText(
      'after',
      '\nExamples:\n  $ ingress-assay report assay-report/report.json\n  $ ingress-assay report show assay-report/report.json\n  $ ingress-assay report assay-report/report.json --format markdown >> "$GITHUB_STEP_SUMMARY"',
    )
    .action(async (file: string, options: { format: string; out?: string }) => {
      const reporter = choose('reporter', options.format, await readReporters(), ({ name }) => name);
      const text = await reporter.render(await readReport(file));
      if (options.out === undefined) return print(process.stdout, text);
      await writeWhole(options.out, text).catch((error: unknown) => {
        throw environmentError('out-unwritable', `${options.out} cannot be written: ${messageOf(error)}`, {
          next: 'name another file with --out',
          cause: error,
        });
      });
    })
    .addCommand(reportShowCommand())
    .addCommand(reportSummaryCommand())
    .addCommand(reportMergeCommand());
