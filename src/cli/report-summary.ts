import { Command } from 'commander';
import type { Report } from '../model/report.ts';
import { readReport } from '../run/read-report.ts';
import { reportsSummary } from '../run/reports-summary.ts';
import { printError } from './print.ts';

/** `ingress-assay report summary`: several reports as one table, for the summary of a CI job. */
export const reportSummaryCommand = (): Command =>
  new Command('summary')
    .description('print a table of several reports in Markdown, a row for each')
    .argument('<files...>', 'report.json files')
    .addHelpText(
      'after',
      '\nExamples:\n  $ ingress-assay report summary reports/*/report.json >> "$GITHUB_STEP_SUMMARY"',
    )
    .action(async (files: readonly string[]) => {
      const reports: Report[] = [];
      for (const file of files) {
        try {
          reports.push(await readReport(file));
        } catch (error) {
          // One that cannot be read costs the others nothing but the exit code.
          process.exitCode = printError(process.stderr, error);
        }
      }
      if (reports.length > 0) process.stdout.write(reportsSummary(reports));
    });
