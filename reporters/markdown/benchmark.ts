import type { Benchmark, BenchmarkFigure } from '../../src/model/benchmark.ts';
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
import { cell } from '../../src/model/markdown.ts';
import type { Report } from '../../src/model/report.ts';
import { failureRateText } from '../../src/stats/failure-rate.ts';

/** A figure, struck through where it is void. */
const shown = (figure: BenchmarkFigure, text: string): string =>
  figure.void === undefined ? cell(text) : `<s>${cell(text)}</s>`;

/** What was measured under load: a short table, what is proven, then every figure with its guards. */
export function* benchmarkPieces(report: Report): Generator<string> {
  const { benchmark } = report;
  if (benchmark === undefined) return;
  yield `\n## Under load\n\nProfile ${cell(benchmark.profile)}, ${benchmark.runsPerSide} runs a side, seed ${benchmark.seed}. ${cell(benchmark.placement.text)}.`;
  for (const condition of benchmark.conditions ?? []) yield cell(condition);
  if (benchmark.noiseFloor !== undefined)
    yield `No difference below ${numberWords(benchmark.noiseFloor.share * 100)} % is called one: so far apart a controller came out from itself here.`;
  yield* shortTable(report, benchmark);
  yield* comparisonTable(benchmark);
  for (const scenario of benchmark.scenarios) yield* scenarioPieces(report, benchmark, scenario);
}

function* shortTable(report: Report, benchmark: Benchmark): Generator<string> {
  const sides = sidesOf(benchmark);
  yield `\n| scenario | point | figure | ${sides.map((side) => cell(sideTitle(report, side))).join(' | ')} |\n|---|---|---|${'---:|'.repeat(sides.length)}`;
  for (const { id, points } of benchmark.scenarios)
    for (const point of points) {
      const main = sides.map((side) => mainFigure(point, side));
      const named = main.find((figure) => figure !== undefined);
      const cells = main.map((figure) =>
        figure?.median === undefined
          ? ''
          : `${shown(figure, numberWords(figure.median.estimate))}${figure.void === undefined ? '' : ' void'}`,
      );
      yield `| ${cell(id)} | ${cell(point.name)} | ${named === undefined ? '' : cell(`${named.name}, ${named.unit}`)} | ${cells.join(' | ')} |`;
    }
}

const symbols = { better: '🟢', worse: '🔴', same: '🟰', 'cannot-tell': '❔' } as const;

function* comparisonTable({ comparisons }: Benchmark): Generator<string> {
  if (comparisons.length === 0) return;
  yield '\n### What is proven of the second, held against the first\n\n| | scenario | point | figure | verdict |\n|---|---|---|---|---|';
  for (const comparison of comparisons) {
    const { scenario, point, figure, verdict } = comparison;
    yield `| ${symbols[verdict]} | ${cell(scenario)} | ${cell(point)} | ${cell(figure)} | ${cell(comparisonWords(comparison))} |`;
  }
}

function* scenarioPieces(
  report: Report,
  benchmark: Benchmark,
  scenario: Benchmark['scenarios'][number],
): Generator<string> {
  const { id, title, engine, points, problem, findings } = scenario;
  yield `\n### ${cell(id)}\n\n${cell(title)} (${cell(engine)})`;
  if (problem !== undefined) yield `\n> ${cell(problem)}`;
  if (points.length > 0)
    yield '\n| point | side | figure | median (bounds) | unit | guards |\n|---|---|---|---:|---|---|';
  for (const point of points)
    for (const side of sidesOf(benchmark)) {
      const { failed, all } = lost(point, side);
      const guards = guardWords(point, side).map(cell).join('<br>');
      const failures = failed > 0 ? `<br>failed: ${cell(failureRateText(failed, all))}` : '';
      const name = `${point.name}${point.rateRps === undefined ? '' : ` (${numberWords(point.rateRps)} requests/s offered)`}`;
      for (const figure of point.figures.filter((one) => one.side === side)) {
        const why = figure.void === undefined ? guards : `<b>void</b>: ${cell(figure.void)}`;
        yield `| ${cell(name)} | ${cell(sideTitle(report, side))} | ${cell(figure.name)} | ${shown(figure, figureWords(figure))} | ${cell(figure.unit)} | ${why}${failures} |`;
      }
    }
  const found = findingWords(findings);
  if (found.length > 0) yield `\n${found.map((line) => `- ${cell(line)}`).join('\n')}`;
}
