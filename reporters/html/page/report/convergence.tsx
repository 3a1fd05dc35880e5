import { figure } from '../number.ts';
import { Line, Scrolls } from '../text.tsx';
import { Value } from '../value.tsx';
import { isGroup } from './evidence-tree.tsx';

interface Turn {
  readonly atMs: number;
  readonly correct: boolean;
}

/** One row of a table as the report holds it, as far as it can be read. */
interface History {
  readonly what: string;
  readonly firstCorrectMs?: number;
  readonly lastWrongMs?: number;
  readonly flaps: number;
  readonly probes: number;
  readonly confirmations: number;
  readonly turns: readonly Turn[];
  readonly endedMs: number;
}

const number = (value: unknown): number | undefined => (typeof value === 'number' ? value : undefined);
const text = (value: unknown): string => (typeof value === 'string' ? value : '');

function whatOf(expectation: unknown): string {
  if (!isGroup(expectation)) return 'request';
  const { method, host, path, servedBy, notServedBy, status, via } = expectation;
  const asked = [text(method) || 'GET', host === null ? '(no Host)' : text(host), text(path) || '/'].filter(Boolean);
  const wanted = [
    ...(status === undefined ? [] : [`status ${String(status)}`]),
    ...(servedBy === undefined ? [] : [`from ${text(servedBy)}`]),
    ...(notServedBy === undefined ? [] : [`not from ${text(notServedBy)}`]),
  ];
  const by = typeof via === 'string' ? ` by ${via}` : '';
  return `${asked.join(' ')}${by} → ${wanted.join(' ') || 'an answer'}`;
}

function historyOf(row: unknown): History | undefined {
  if (!isGroup(row)) return undefined;
  const turns = (Array.isArray(row.turns) ? row.turns : []).flatMap((turn: unknown): Turn[] =>
    isGroup(turn) && typeof turn.atMs === 'number' ? [{ atMs: turn.atMs, correct: turn.correct === true }] : [],
  );
  const firstCorrectMs = number(row.firstCorrectMs);
  const lastWrongMs = number(row.lastWrongMs);
  return {
    what: whatOf(row.expectation),
    ...(firstCorrectMs !== undefined && { firstCorrectMs }),
    ...(lastWrongMs !== undefined && { lastWrongMs }),
    flaps: number(row.flaps) ?? 0,
    probes: number(row.probes) ?? 0,
    confirmations: number(row.confirmations) ?? 0,
    turns,
    endedMs: number(row.endedMs) ?? Math.max(1, ...turns.map(({ atMs }) => atMs), firstCorrectMs ?? 0),
  };
}

/** From when to when answers were right, and from when to when wrong. */
function Band({ history, untilMs }: { readonly history: History; readonly untilMs: number }) {
  const x = (ms: number) => (100 * Math.max(0, ms)) / untilMs;
  return (
    <svg class="band" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">
      <rect class="band-ground" width={x(history.endedMs)} height="10" />
      {history.turns.map(({ atMs, correct }, index) => {
        const from = index === 0 ? 0 : atMs;
        const to = history.turns[index + 1]?.atMs ?? history.endedMs;
        return (
          <rect
            key={atMs}
            class={`fill ${correct ? 'passed' : 'failed'}`}
            x={x(from)}
            width={Math.max(0.4, x(to) - x(from))}
            y={correct ? 2 : 0}
            height={correct ? 6 : 10}
          />
        );
      })}
    </svg>
  );
}

/** How each row of a check's table came true, or did not: first right, last wrong, and how often it fell back. */
export function Convergence({ rows }: { readonly rows: readonly unknown[] }) {
  const histories = rows.flatMap((row) => historyOf(row) ?? []).slice(0, 200);
  if (histories.length === 0) return null;
  const untilMs = Math.max(1, ...histories.map(({ endedMs }) => endedMs));
  return (
    <section>
      <h3>How it came to hold</h3>
      <Scrolls label="Requests and how they came to hold">
        <table class="convergence">
          <thead>
            <tr>
              <th scope="col">Request</th>
              <th scope="col" class="wide">
                0 to {figure(untilMs)} ms <span class="key passed">right</span> <span class="key failed">wrong</span>
              </th>
              <th scope="col">first right</th>
              <th scope="col">last wrong</th>
              <th scope="col">fell back</th>
              <th scope="col">requests</th>
              <th scope="col">right in a row</th>
            </tr>
          </thead>
          <tbody>
            {histories.map((history, index) => (
              <tr key={index}>
                <th scope="row">
                  <Line text={history.what} />
                </th>
                <td>
                  <Band history={history} untilMs={untilMs} />
                </td>
                <td>
                  {history.firstCorrectMs === undefined ? 'never' : <Value of={history.firstCorrectMs} unit="ms" />}
                </td>
                <td>{history.lastWrongMs === undefined ? 'never' : <Value of={history.lastWrongMs} unit="ms" />}</td>
                <td>
                  <Value of={history.flaps} />
                </td>
                <td>
                  <Value of={history.probes} />
                </td>
                <td>
                  <Value of={history.confirmations} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scrolls>
    </section>
  );
}
