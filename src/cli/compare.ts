import { styleText } from 'node:util';
import { Command, Option } from 'commander';
import { comparisonWords } from '../model/benchmark-words.ts';
import { type ExitCode, environmentError, exitCodes, usageError } from '../model/errors.ts';
import { printableLine } from '../model/printable.ts';
import { compareReports, type ReportComparison } from '../run/benchmark/compare-reports.ts';
import { noiseFloorOf } from '../run/benchmark/noise.ts';
import { readReport } from '../run/read-report.ts';
import { print } from './print.ts';

interface Flags {
  readonly failOn?: 'worse';
  readonly force?: boolean;
  readonly noiseFloor?: string;
  readonly json?: boolean;
}

/** `ingress-assay compare`: what two reports prove, the newer held against the older. */
export const compareCommand = (): Command =>
  new Command('compare')
    .description('hold what a newer report measured under load against an older one')
    .argument('<old>', 'the report.json of a benchmark')
    .argument('<new>', 'the report.json of a later one, on the same machine')
    .addOption(
      new Option('--fail-on <verdict>', 'end with 1 where a figure is proven to be so, or is lost').choices(['worse']),
    )
    .option('--force', 'let --fail-on judge reports of different machines')
    .option(
      '--noise-floor <report>',
      'a report of a controller against itself: no difference within what it shows is called one',
    )
    .option('--json', 'as JSON on stdout')
    .addHelpText('after', '\nExample:\n  $ ingress-assay compare main/report.json branch/report.json --fail-on worse')
    .action(async (older: string, newer: string, flags: Flags) => {
      process.exitCode = await compare(older, newer, flags);
    });

async function compare(older: string, newer: string, { failOn, force, noiseFloor, json }: Flags): Promise<ExitCode> {
  const floor = noiseFloor === undefined ? undefined : noiseFloorOf(await readReport(noiseFloor), noiseFloor);
  const found = compareReports(
    await readReport(older),
    await readReport(newer),
    floor === undefined ? {} : { noiseFloor: floor.share },
  );
  if (found.machines.length > 0 && failOn !== undefined && !force)
    throw usageError(
      'machines-differ',
      `the reports are of different machines, so that a difference accuses nobody: ${found.machines.join('; ')}`,
      { next: 'measure both on one machine, or say --force' },
    );
  if (json) {
    print(process.stderr, warningLines(found.machines).join('\n'));
    process.stdout.write(`${JSON.stringify(found, null, 2)}\n`);
  } else print(process.stdout, comparisonText(found));
  if (failOn === undefined) return exitCodes.passed;
  if (found.lost.length > 0 || found.comparisons.some(({ verdict }) => verdict === failOn)) return exitCodes.failed;
  if (found.comparisons.length > 0) return exitCodes.passed;
  throw environmentError('nothing-compared', 'no figure of the two reports could be judged, so nothing is proven', {
    next: 'measure both with the same flags, on a quieter machine',
  });
}

const style = (format: Parameters<typeof styleText>[0], text: string) =>
  styleText(format, text, { validateStream: false });

const colours = { better: 'green', worse: 'red', same: 'cyan', 'cannot-tell': 'dim' } as const;

/** What nobody may miss; nothing where the machines could be one. */
function warningLines(machines: readonly string[]): readonly string[] {
  if (machines.length === 0) return [];
  const warning = machines.map((line) => `!!   ${printableLine(line)}`);
  const bar = '!'.repeat(Math.max(60, ...warning.map(({ length }) => length)));
  const told = '!! TWO MACHINES: what follows tells them apart, not the controllers';
  return [...[bar, told, ...warning, bar].map((line) => style('red', line)), ''];
}

function comparisonText({ machines, differences, comparisons, lost, leftOut }: ReportComparison): string {
  const rows = comparisons.map((comparison) => {
    const { scenario, point, figure, verdict } = comparison;
    return `  ${printableLine(`${scenario}, ${point}, ${figure}`)}: ${style(colours[verdict], comparisonWords(comparison))}`;
  });
  return [
    ...warningLines(machines),
    ...differences.map((line) => style('dim', `  ${printableLine(line)}`)),
    ...(differences.length === 0 ? [] : ['']),
    ...(rows.length === 0 ? ['  There is no figure that both reports have and that is not void.'] : rows),
    ...(lost.length === 0 ? [] : ['', '  Measured before, and lost:']),
    ...lost.map((line) => style('red', `    ${printableLine(line)}`)),
    ...(leftOut.length === 0 ? [] : ['', '  Not held against each other:']),
    ...leftOut.map((line) => style('dim', `    ${printableLine(line)}`)),
    '',
  ].join('\n');
}
