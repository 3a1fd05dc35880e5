import { styleText } from 'node:util';
import { Command } from 'commander';
import { duration, printableLine } from '../model/printable.ts';
import type { Report } from '../model/report.ts';
import { bySuite } from '../model/summary.ts';
import { readReporters, readSuites } from '../run/catalogue.ts';
import { choose } from '../run/choose.ts';
import { readReport } from '../run/read-report.ts';
import { verdictLine } from '../run/verdict-line.ts';
import { suspendCommands } from './github.ts';
import { print } from './print.ts';

/** `ingress-assay report show`: a report in the terminal, as its run told of itself. */
export const reportShowCommand = (): Command =>
  new Command('show')
    .description('print the report of an earlier run as the run did')
    .argument('<file>', 'the report.json of a run')
    .addHelpText('after', '\nExamples:\n  $ ingress-assay report show assay-report/report.json')
    .action(async (file: string) => {
      const report = await readReport(file);
      const [suites, reporters] = await Promise.all([readSuites(), readReporters()]);
      const titles = new Map(suites.map(({ area }) => [area.name, area.title]));
      const table = choose('reporter', 'console', reporters, ({ name }) => name);
      using _commands = suspendCommands(process.stdout);
      print(process.stdout, `${story(report, titles).join('\n')}\n`);
      print(process.stdout, await table.render(report));
    });

/** Its phases, and a line for each check that was tried, under the heading of its area; areas that are gone go by their names. */
function story(report: Report, titles: ReadonlyMap<string, string>): readonly string[] {
  const check = styleText('green', '✓', { validateStream: false });
  const phases = report.run.phases.map(
    ({ name, durationMs }) =>
      `${check} ${printableLine(name)} ${styleText('dim', `(${duration(durationMs)})`, { validateStream: false })}`,
  );
  const lines = [...bySuite(report)].flatMap(([suite, checks]) => {
    const tried = checks.filter(({ verdict, startedAt }) => verdict.kind !== 'skipped' || startedAt !== undefined);
    const shown = tried.map(({ title, verdict, durationMs }) => verdictLine({ check: { title }, verdict, durationMs }));
    return shown.length === 0 ? [] : [printableLine(titles.get(suite) ?? suite), ...shown];
  });
  return [...phases, ...lines];
}
