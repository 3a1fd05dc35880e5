import { styleText } from 'node:util';
import { printableLine } from '../model/printable.ts';
import type { ProgramReport } from '../toolchain/inspect.ts';
import type { DoctorReport } from './doctor-report.ts';

const style = (format: Parameters<typeof styleText>[0], text: string) =>
  styleText(format, text, { validateStream: false });

/** A size for a person to read. */
export const mebibytes = (bytes: number): string => `${Math.ceil(bytes / 2 ** 20)} MiB`;

const mark = (good: boolean): string => (good ? style('green', '✓') : style('red', '✗'));
const next = (command: string): string => `      ${style('bold', 'next')} ${printableLine(command)}`;

/** What doctor found, as text with colour. */
export const doctorText = (report: DoctorReport): string =>
  [
    ...section('Programs', programLines(report.programs)),
    ...section('Machine', report.prerequisites.flatMap(prerequisiteLines)),
    ...section('Clusters', report.clusters.flatMap(clusterLines)),
    ...section('Cache', [`  ${printableLine(report.cacheFolder)}: ${mebibytes(report.cacheBytes)}`]),
  ].join('\n');

const section = (title: string, lines: readonly string[]): readonly string[] =>
  lines.length === 0 ? [] : [style('bold', title), ...lines, ''];

function programLines(programs: readonly ProgramReport[]): readonly string[] {
  const rows = programs.map(({ name, summary, wanted, state }) =>
    state.kind === 'found'
      ? [name, state.version, mebibytes(state.sizeBytes), state.from === 'PATH' ? state.path : state.from, summary]
      : [name, `${wanted} wanted`, '–', 'missing', summary],
  );
  const header = ['program', 'version', 'size', 'from', 'what for'];
  const widths = header.map((_, column) => Math.max(...[header, ...rows].map((row) => row[column]?.length ?? 0)));
  const line = (cells: readonly string[]) =>
    cells.map((cell, column) => (column === 2 ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0)));
  return [
    `    ${style('dim', line(header).join('  ').trimEnd())}`,
    ...programs.flatMap(({ state, passedOver }, index) => [
      `  ${mark(state.kind === 'found')} ${line(rows[index] ?? [])
        .join('  ')
        .trimEnd()}`,
      ...passedOver
        .filter(({ reason }) => reason !== 'not found')
        .map(({ reason }) => `      ${style('dim', `not used: ${printableLine(reason)}`)}`),
      ...(state.kind === 'missing' ? [next(state.next)] : []),
    ]),
  ];
}

const prerequisiteLines = ({ name, neededFor, state }: DoctorReport['prerequisites'][number]): readonly string[] =>
  state.kind === 'met'
    ? [`  ${mark(true)} ${name}: ${printableLine(state.detail)} ${style('dim', `(for ${neededFor})`)}`]
    : [
        `  ${mark(false)} ${name}: ${printableLine(state.reason)} ${style('dim', `(for ${neededFor})`)}`,
        next(state.next),
      ];

const clusterLines = ({
  name,
  summary,
  availability,
  podFeatures,
}: DoctorReport['clusters'][number]): readonly string[] => [
  ...(availability.kind === 'available'
    ? [`  ${mark(true)} ${name}: ${summary}`]
    : [`  ${mark(false)} ${name}: ${printableLine(availability.reason)}`, next(availability.next)]),
  ...podFeatures
    .filter(({ supported }) => !supported)
    .map(({ feature, note }) => `      ${style('dim', `not in its pods: ${feature}: ${note}`)}`),
];
