import { printableLine } from '../../../../src/model/printable.ts';
import type { CheckReport, Report } from '../../../../src/model/report.ts';
import type { PodLane } from '../charts/pool-chart.ts';
import { isGroup } from './evidence-tree.tsx';

/** A report comes from outside: what is not as its check records it is not drawn, and stays among the check's evidence. */
const numbers = (value: unknown): readonly number[] =>
  Array.isArray(value) ? value.filter((one) => typeof one === 'number') : [];
const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
const strings = (value: unknown): readonly string[] => list(value).filter((one) => typeof one === 'string');
const number = (value: unknown): number | undefined => (typeof value === 'number' ? value : undefined);

/** One edit of a rule and what it took. Times in ms after the API's answer. */
export interface EditTimes {
  readonly to: string;
  readonly firstCorrectMs?: number;
  readonly lastStaleMs?: number;
  readonly mixedMs?: number;
  readonly resolutionMs?: number;
}

export interface Reconfiguration {
  readonly check: CheckReport;
  readonly edits: readonly EditTimes[];
  /** Why the times are void, where they are. */
  readonly void?: string;
}

export interface Pool {
  readonly check: CheckReport;
  readonly lanes: readonly PodLane[];
}

export interface Affinity {
  readonly check: CheckReport;
  readonly pods: readonly string[];
  /** Requests of each client by pod, in the order of `pods`. */
  readonly clients: readonly { readonly name: string; readonly requests: readonly number[] }[];
  /** The pod that was deleted under its clients, where one was. */
  readonly lost?: string;
}

const editOf = (edit: unknown): EditTimes[] => {
  if (!isGroup(edit)) return [];
  const times = Object.fromEntries(
    ['firstCorrectMs', 'lastStaleMs', 'mixedMs', 'resolutionMs'].flatMap((name) => {
      const value = number(edit[name]);
      return value === undefined ? [] : [[name, value]];
    }),
  );
  return [{ to: typeof edit.to === 'string' ? edit.to : '', ...times }];
};

/** Every check that timed edits one by one. */
export function reconfigurations(report: Report): readonly Reconfiguration[] {
  return report.checks.flatMap((check): Reconfiguration[] => {
    const found = Object.values(check.evidence).find((value) => isGroup(value) && Array.isArray(value.edits));
    if (!isGroup(found)) return [];
    const edits = list(found.edits).flatMap(editOf);
    const isVoid = typeof found.guard === 'string' && found.guard !== 'held';
    return edits.length === 0 ? [] : [{ check, edits, ...(isVoid && { void: String(found.guard) }) }];
  });
}

/** From when to when an address was among the members that the controller listed. */
function listedSpans(address: string, listings: readonly { atMs: number; members: readonly string[] }[]) {
  const spans: [number, number][] = [];
  for (const [index, { atMs, members }] of listings.entries()) {
    if (!members.some((member) => member.startsWith(`${address}:`))) continue;
    const until = listings[index + 1]?.atMs ?? atMs;
    const last = spans.at(-1);
    if (last !== undefined && last[1] === atMs) last[1] = until;
    else spans.push([atMs, until]);
  }
  return spans;
}

function lanesOf(history: Readonly<Record<string, unknown>>): readonly PodLane[] {
  const listings = list(history.listings).flatMap((listing) =>
    isGroup(listing) && typeof listing.atMs === 'number'
      ? [{ atMs: listing.atMs, members: strings(listing.members) }]
      : [],
  );
  const answers = isGroup(history.answers) ? history.answers : {};
  const fromMs = number(answers.fromMs) ?? 0;
  const stepMs = number(answers.stepMs) ?? 100;
  const byPod = isGroup(answers.byPod) ? answers.byPod : {};
  return list(history.pods).flatMap((pod): PodLane[] => {
    if (!isGroup(pod) || typeof pod.pod !== 'string') return [];
    const readyMs = number(pod.readyMs);
    const counts = numbers(byPod[pod.pod]);
    return [
      {
        pod: printableLine(pod.pod),
        ...(readyMs !== undefined && readyMs > 0 && { readyMs }),
        listed: typeof pod.address === 'string' ? listedSpans(pod.address, listings) : [],
        answers: counts.map((count, step) => [fromMs + step * stepMs, fromMs + (step + 1) * stepMs, count] as const),
      },
    ];
  });
}

/** Every check that watched a pool beside the pods that answered. */
export const pools = (report: Report): readonly Pool[] =>
  report.checks.flatMap((check) => {
    const history = check.evidence['pool over time'];
    const lanes = isGroup(history) ? lanesOf(history) : [];
    return lanes.length === 0 ? [] : [{ check, lanes }];
  });

/** Every check that bound clients to pods. */
export const affinities = (report: Report): readonly Affinity[] =>
  report.checks.flatMap((check) => {
    const { 'requests by client and pod': whole, 'clients by pod': sums } = check.evidence;
    const grid = whole ?? sums;
    if (!isGroup(grid)) return [];
    const rows = Object.entries(grid).flatMap(([name, row]) => (isGroup(row) ? [{ name, row }] : []));
    const pods = [...new Set(rows.flatMap(({ row }) => Object.keys(row)))];
    const clients = rows.map(({ name, row }) => ({ name, requests: pods.map((pod) => number(row[pod]) ?? 0) }));
    const after = check.evidence['after its pod was deleted'];
    const lost = isGroup(after) && typeof after.from === 'string' ? after.from : undefined;
    return pods.length === 0 ? [] : [{ check, pods, clients, ...(lost !== undefined && { lost }) }];
  });
