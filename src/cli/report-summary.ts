import { Command } from 'commander';
import { readReport } from '../run/read-report.ts';
import { reportsSummary } from '../run/reports-summary.ts';

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
      const reports = [];
      for (const file of files) reports.push(await readReport(file));
      process.stdout.write(reportsSummary(reports));
    });
