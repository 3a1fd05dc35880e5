import { styleText } from 'node:util';
import type { Benchmark } from '../../src/model/benchmark.ts';
import {
  comparisonWords,
  figureWords,
  findingWords,
  guardWords,
  lost,
  mainFigure,
  numberWords,
  sidesOf,
  sideTitle,
} from '../../src/model/benchmark-words.ts';
import { printableLine } from '../../src/model/printable.ts';
import type { Report } from '../../src/model/report.ts';
import { failureRateText } from '../../src/stats/failure-rate.ts';

const style = (format: Parameters<typeof styleText>[0], text: string) =>
  styleText(format, text, { validateStream: false });
const struck = (text: string): string => style('strikethrough', text);

/** What was measured under load: a short table, then every figure with its guards, then what is proven. */
export function benchmarkLines(report: Report): readonly string[] {
  const { benchmark } = report;
  if (benchmark === undefined) return [];
  return [
    '',
    style('dim', `  profile ${benchmark.profile}, ${benchmark.runsPerSide} runs a side, seed ${benchmark.seed}`),
    ...shortTable(report, benchmark),
    ...benchmark.scenarios.flatMap((scenario) => scenarioLines(report, benchmark, scenario)),
    ...comparisonLines(benchmark),
    '',
    style('dim', `  ${printableLine(benchmark.placement.text)}`),
    ...(benchmark.conditions ?? []).map((condition) => style('dim', `  ${printableLine(condition)}`)),
  ];
}

function shortTable(report: Report, benchmark: Benchmark): readonly string[] {
  const sides = sidesOf(benchmark);
  const head = [
    '',
    ...sides.map((side) => printableLine(sideTitle(report, side))),
    ...(sides.includes('b') ? ['verdict'] : []),
  ];
  const rows = benchmark.scenarios.flatMap(({ id, points }) =>
    points.map((point) => {
      const main = sides.map((side) => mainFigure(point, side));
      const named = main.find((figure) => figure !== undefined);
      const what = named === undefined ? 'nothing measured' : `${named.name}, ${named.unit}`;
      const cells = main.map((figure) => {
        if (figure?.median === undefined) return '·';
        return `${numberWords(figure.median.estimate)}${figure.void === undefined ? '' : ' void'}`;
      });
      const proven = benchmark.comparisons.find(
        (one) => one.scenario === id && one.point === point.name && one.figure === named?.name,
      );
      return [
        `${printableLine(id.replace(/^benchmark\//, ''))}, ${printableLine(point.name)}: ${what}`,
        ...cells,
        ...(sides.includes('b') ? [proven?.verdict.replace('-', ' ') ?? '·'] : []),
      ];
    }),
  );
  const widths = head.map((_, column) => Math.max(...[head, ...rows].map((row) => row[column]?.length ?? 0)));
  const line = (row: readonly string[]): string =>
    `  ${row.map((text, column) => (column === 0 ? text.padEnd(widths[column] ?? 0) : text.padStart(widths[column] ?? 0))).join('  ')}`;
  return [style('dim', line(head)), ...rows.map((row) => line(row).replace(/[\d.,]+ void/g, (cell) => struck(cell)))];
}

function scenarioLines(
  report: Report,
  benchmark: Benchmark,
  scenario: Benchmark['scenarios'][number],
): readonly string[] {
  const { id, title, engine, points, problem, findings } = scenario;
  return [
    '',
    `  ${style('bold', printableLine(id))} ${printableLine(title)} ${style('dim', `(${printableLine(engine)})`)}`,
    ...(problem === undefined ? [] : [`    ${style('red', '!')} ${printableLine(problem)}`]),
    ...points.flatMap((point) => [
      `    ${printableLine(point.name)}${point.rateRps === undefined ? '' : ` (${numberWords(point.rateRps)} requests/s offered)`}`,
      ...sidesOf(benchmark).flatMap((side) => {
        const figures = point.figures.filter((figure) => figure.side === side);
        if (figures.length === 0) return [];
        const { failed, all } = lost(point, side);
        const reasons = new Set(figures.flatMap((figure) => figure.void ?? []));
        return [
          `      ${style('dim', printableLine(sideTitle(report, side)))}`,
          ...figures.map((figure) => {
            const text = `${figure.name}: ${figureWords(figure)} ${figure.unit}`;
            return `        ${figure.void === undefined ? text : struck(text)}`;
          }),
          ...[...reasons].map((reason) => `        ${style('red', 'void:')} ${printableLine(reason)}`),
          ...(failed > 0 ? [`        failed: ${failureRateText(failed, all)}`] : []),
          ...guardWords(point, side).map((line) => style('dim', `        guards: ${printableLine(line)}`)),
        ];
      }),
    ]),
    ...findingWords(findings).map((line) => style('cyan', `    = ${printableLine(line)}`)),
  ];
}

const colours = { better: 'green', worse: 'red', same: 'cyan', 'cannot-tell': 'dim' } as const;

function comparisonLines({ comparisons }: Benchmark): readonly string[] {
  if (comparisons.length === 0) return [];
  return [
    '',
    ...comparisons.map((comparison) => {
      const { scenario, point, figure, verdict } = comparison;
      return `  ${printableLine(`${scenario}, ${point}, ${figure}`)}: ${style(colours[verdict], comparisonWords(comparison))}`;
    }),
  ];
}
