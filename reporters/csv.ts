import type { Benchmark } from '../src/model/benchmark.ts';
import { printableLine, shortened } from '../src/model/printable.ts';
import type { CheckReport, Report } from '../src/model/report.ts';
import { defineReporter } from '../src/model/reporter.ts';
import { titleOf } from '../src/model/summary.ts';
import { decodeHistogram, percentilesUs } from '../src/stats/histogram.ts';

const rowColumns = ['part', 'id', 'point', 'side', 'sample', 'name', 'value', 'unit', 'void', 'detail'] as const;
const columns = ['controller', ...rowColumns];
/** One number that was measured, with what it is of; `controller` is the same in all of a report. */
type Row = Readonly<Partial<Record<Exclude<(typeof rowColumns)[number], 'value'>, string | number>>> & {
  readonly value: number;
};

/** The unit that a name ends with. */
function unitOf(name: string): string {
  const [, suffix = ''] = /(Ms|Us|Bytes|Rps|Seconds)$/.exec(name) ?? [];
  return { Ms: 'ms', Us: 'us', Bytes: 'bytes', Rps: 'requests/s', Seconds: 's' }[suffix] ?? '';
}

const isNumber = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value);
const isGroup = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The texts of a sample, beside its numbers: `to backend-svc-1`. */
const textsOf = (sample: Readonly<Record<string, unknown>>): string =>
  Object.entries(sample)
    .flatMap(([key, value]) => (typeof value === 'string' ? [`${key} ${value}`] : []))
    .join(', ');

/** The request of a row that was converged, as far as it differs from others. */
function requestOf(sample: Readonly<Record<string, unknown>>): string {
  const { expectation } = sample;
  return isGroup(expectation) ? textsOf(expectation) : textsOf(sample);
}

/** All lists among the evidence, at any depth: an entry is a sample, and each of its numbers a row. */
function* samplesOf(id: string, name: string, value: unknown): Generator<Row> {
  if (Array.isArray(value)) {
    for (const [sample, entry] of value.entries()) {
      if (isNumber(entry)) yield { part: 'evidence', id, name, sample, value: entry, unit: unitOf(name) };
      if (!isGroup(entry)) continue;
      const detail = requestOf(entry);
      for (const [key, number] of Object.entries(entry)) {
        if (!isNumber(number)) continue;
        yield { part: 'evidence', id, name: `${name}: ${key}`, sample, value: number, unit: unitOf(key), detail };
      }
    }
  } else if (isGroup(value)) {
    for (const [key, inner] of Object.entries(value)) yield* samplesOf(id, `${name}: ${key}`, inner);
  }
}

function* rowsOfCheck({ id, verdict, durationMs, evidence }: CheckReport): Generator<Row> {
  yield { part: 'check', id, name: 'durationMs', value: durationMs, unit: 'ms', detail: verdict.kind };
  const probe = verdict.kind === 'failed' ? verdict.failure.probe : undefined;
  if (probe)
    yield { part: 'probe', id, name: 'durationMs', value: probe.durationMs, unit: 'ms', detail: probe.vantage };
  for (const [name, value] of Object.entries(evidence)) yield* samplesOf(id, name, value);
}

type Point = Benchmark['scenarios'][number]['points'][number];
type Run = Point['runs'][number];

/** The percentiles of a histogram; none where it cannot be read, which the report itself still holds. */
function percentiles(histogram: string | undefined): readonly (readonly [name: string, us: number])[] {
  if (histogram === undefined) return [];
  try {
    const values = percentilesUs(decodeHistogram(histogram), [50, 90, 99, 99.9, 100]) ?? [];
    return ['p50', 'p90', 'p99', 'p99.9', 'max'].flatMap((name, index) => {
      const us = values[index];
      return us === undefined ? [] : [[name, us] as const];
    });
  } catch {
    return [];
  }
}

/** Every number that a run of an engine gave, by name. */
function* numbersOf({ result, resources }: Run): Generator<readonly [name: string, value: number, unit: string]> {
  const { durationMs, offered, answered, failures, bytesReceived, connectionsOpened, latency, sendLag, generator } =
    result;
  yield ['durationMs', durationMs, 'ms'];
  yield ['offered', offered, 'requests'];
  yield ['answered', answered, 'requests'];
  if (durationMs > 0) yield ['throughput', (answered / durationMs) * 1000, 'requests/s'];
  for (const [cause, count] of Object.entries(failures))
    if (isNumber(count)) yield [`failed ${cause}`, count, 'requests'];
  yield ['bytesReceived', bytesReceived, 'bytes'];
  yield ['connectionsOpened', connectionsOpened, 'connections'];
  for (const [name, us] of percentiles(latency?.histogram)) yield [`latency ${name} since ${latency?.since}`, us, 'us'];
  for (const [name, us] of percentiles(sendLag)) yield [`send lag ${name}`, us, 'us'];
  for (const [name, value] of Object.entries(generator))
    if (isNumber(value)) yield [`generator ${name}`, value, unitOf(name)];
  for (const [name, value] of Object.entries(resources ?? {}))
    if (isNumber(value)) yield [`pods ${name}`, value, unitOf(name)];
}

function* rowsOfPoint(id: string, { name: point, runs, figures }: Point): Generator<Row> {
  for (const [sample, run] of runs.entries()) {
    const about = { id, point, side: run.side, sample, void: breachesOf(run), detail: run.startedAt };
    for (const [name, value, unit] of numbersOf(run)) yield { ...about, part: 'run', name, value, unit };
    for (const [second, counts] of run.result.seconds.entries())
      for (const [name, value] of Object.entries(counts))
        if (isNumber(value))
          yield { ...about, part: 'second', name, value, unit: unitOf(name), detail: `second ${second}` };
  }
  for (const { name, unit, side, runs: values, void: reason = '' } of figures)
    for (const [sample, value] of values.entries())
      yield { part: 'figure', id, point, side, sample, name, value, unit, void: reason };
}

const breachesOf = ({ guards }: Run): string =>
  guards
    .filter(({ held }) => !held)
    .map(({ name, text }) => `${name}: ${text}`)
    .join('; ');

function* rows({ checks, benchmark }: Report): Generator<Row> {
  for (const check of checks) yield* rowsOfCheck(check);
  for (const { id, points } of benchmark?.scenarios ?? []) for (const point of points) yield* rowsOfPoint(id, point);
}

/** Spreadsheets take a text that begins like this for a formula, and would run what a controller wrote: an apostrophe makes it a text. */
const looksLikeFormula = /^\s*[=+\-@\uff1d\uff0b\uff0d\uff20\t\r]/;

/** A text as a field by RFC 4180: nothing of it may begin a formula, a line or another field. */
function textField(value: string): string {
  const text = printableLine(shortened(value, 500));
  const safe = looksLikeFormula.test(text) ? `'${text}` : text;
  return /[",]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** The same few texts come again and again, in tens of thousands of rows. */
const rememberedTexts = 10_000;
/** Rows that are put together at a time, so that their pieces do not pile up. */
const rowsOfAPart = 1000;

/** `textField`, or a number as it is. */
function createField(): (value: string | number) => string {
  const known = new Map<string, string>();
  return (value) => {
    if (typeof value === 'number') return String(value);
    const before = known.get(value);
    if (before !== undefined) return before;
    const field = textField(value);
    if (known.size < rememberedTexts) known.set(value, field);
    return field;
  };
}

function render(report: Report): string {
  const field = createField();
  const controller = titleOf(report.controller);
  const parts: string[] = [];
  let fields: string[] = [columns.join(',')];
  let count = 0;
  for (const row of rows(report)) {
    fields.push('\r\n', field(controller));
    for (const column of rowColumns) fields.push(',', field(row[column] ?? ''));
    if (++count % rowsOfAPart > 0) continue;
    parts.push(fields.join(''));
    fields = [];
  }
  return [...parts, ...fields, '\r\n'].join('');
}

/** Text fields with an apostrophe in front were such that a spreadsheet would have run them. */
export default defineReporter({
  name: 'csv',
  summary: 'every sample and every run as CSV, a row for each number',
  file: 'samples.csv',
  render,
});
