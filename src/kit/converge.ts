import { setMaxListeners } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { environmentError } from '../model/errors.ts';
import type { ProbeRecord } from '../model/probe.ts';
import { timeouts } from '../model/timeouts.ts';
import { curlOf } from './curl.ts';
import type { Expectation } from './expectation.ts';
import { CheckFailed } from './failure.ts';
import { expectedOf, verdictOf } from './verdict-of.ts';

export interface ConvergeOptions {
  /** Gives up after this long. Default `timeouts.convergeMs`. */
  readonly timeoutMs?: number;
  /**
   * The verdict must hold against a controller that is wrong in `faultRate` of its answers with this confidence.
   * Default 0.05 and 0.99: 90 correct answers in a row (1 − 0.95⁹⁰ = 0.99).
   */
  readonly confidence?: number;
  readonly faultRate?: number;
}

/** How one row of a table became true. Times in ms since `converge` was called. */
export interface RowConvergence {
  readonly expectation: Expectation;
  readonly firstCorrectMs: number;
  /** `undefined` where no answer was ever wrong. */
  readonly lastWrongMs: number | undefined;
  /** How often a wrong answer followed a correct one. */
  readonly flaps: number;
  readonly probes: number;
  readonly confirmations: number;
  readonly lastProbe: ProbeRecord;
}

export interface Convergence {
  readonly rows: readonly RowConvergence[];
}

/** Correct answers in a row that a fault of that rate survives with less than 1 − confidence. */
export const confirmationsFor = (confidence: number, faultRate: number): number =>
  Math.ceil(Math.log(1 - confidence) / Math.log(1 - faultRate));

/** Between two probes of a row that does not hold yet. */
const pollSpacingMs = 20;
/** Probes of one row under way at the same time, once it is being confirmed. */
const confirmingAtOnce = 4;

/** What is known of a row so far. */
interface RowState {
  readonly expectation: Expectation;
  firstCorrectMs: number | undefined;
  lastWrongMs: number | undefined;
  lastWrong: ProbeRecord | undefined;
  last: ProbeRecord | undefined;
  flaps: number;
  probes: number;
  /** Correct answers since the last wrong one. */
  run: number;
}

/**
 * Polls all rows side by side until every one's latest answer is correct, and only then confirms them: a row that expects nobody
 * holds long before the rules are there. A wrong answer starts that row's run anew. Throws a CheckFailed for the row that did not
 * hold in time, and whatever `send` throws.
 */
export async function converge(
  rows: readonly Expectation[],
  options: ConvergeOptions,
  send: (row: Expectation) => Promise<ProbeRecord>,
  signal: AbortSignal,
): Promise<Convergence> {
  const { timeoutMs = timeouts.convergeMs, confidence = 0.99, faultRate = 0.05 } = options;
  const wanted = confirmationsFor(confidence, faultRate);
  const startMs = performance.now();
  const elapsedMs = () => performance.now() - startMs;
  const broken = new AbortController(); // one row's error ends the others
  const states = rows.map(newState);

  // What ended it is thrown by the next probe, with its reason.
  const ended = AbortSignal.any([signal, broken.signal]);
  setMaxListeners(0, ended); // one for each row
  const rest = () => pause(pollSpacingMs, undefined, { signal: ended }).catch(() => {});

  async function probe(state: RowState): Promise<boolean> {
    ended.throwIfAborted();
    if (elapsedMs() > timeoutMs) throw tooLate(states, wanted, timeoutMs);
    const record = await send(state.expectation);
    const { outcome } = record;
    if (outcome.kind === 'failed' && outcome.cause === 'other') {
      throw environmentError('probe-broken', `a probe from ${record.vantage} could not be made: ${outcome.message}`, {
        next: curlOf(record),
      });
    }
    const correct = verdictOf(state.expectation, outcome) === undefined;
    note(state, record, correct, elapsedMs());
    return correct;
  }

  async function poll(state: RowState): Promise<void> {
    for (;;) {
      await probe(state);
      if (states.every(isCorrect)) return;
      await rest();
    }
  }

  async function confirm(state: RowState): Promise<void> {
    while (state.run < wanted) {
      if (!(await probe(state))) await rest();
    }
  }

  const all = (work: readonly Promise<void>[]) =>
    Promise.all(work).catch((thrown) => {
      broken.abort(thrown);
      throw thrown;
    });

  await all(states.map(poll));
  for (const state of states) state.run = 0;
  await all(states.flatMap((state) => Array.from({ length: confirmingAtOnce }, () => confirm(state))));
  return { rows: states.map(rowOf) };
}

const newState = (expectation: Expectation): RowState => ({
  expectation,
  firstCorrectMs: undefined,
  lastWrongMs: undefined,
  lastWrong: undefined,
  last: undefined,
  flaps: 0,
  probes: 0,
  run: 0,
});

const isCorrect = ({ last, lastWrong }: RowState): boolean => last !== undefined && last !== lastWrong;

function note(state: RowState, record: ProbeRecord, correct: boolean, atMs: number): void {
  state.probes += 1;
  if (correct) {
    state.firstCorrectMs ??= atMs;
    state.run += 1;
  } else {
    if (isCorrect(state)) state.flaps += 1;
    state.lastWrongMs = atMs;
    state.lastWrong = record;
    state.run = 0;
  }
  state.last = record;
}

function rowOf({ expectation, firstCorrectMs, lastWrongMs, flaps, probes, run, last }: RowState): RowConvergence {
  if (firstCorrectMs === undefined || !last) throw new Error('a row that was never correct cannot be confirmed');
  return { expectation, firstCorrectMs, lastWrongMs, flaps, probes, confirmations: run, lastProbe: last };
}

/** The row that kept the table from holding, and what it last got wrong. */
function tooLate(states: readonly RowState[], wanted: number, timeoutMs: number): Error {
  const state = states.find(({ firstCorrectMs }) => firstCorrectMs === undefined) ?? minBy(states, ({ run }) => run);
  const { expectation, lastWrong, probes, flaps, run } = state;
  const row = expectedOf(expectation);
  if (!lastWrong) {
    return environmentError(
      'converge-too-slow',
      `only ${run} of ${wanted} confirmations of "${row}" in ${timeoutMs} ms, none of them wrong`,
      { next: 'see whether the machine is overloaded: uptime' },
    );
  }
  const { expected = row, actual = '' } = verdictOf(expectation, lastWrong.outcome) ?? {};
  const history =
    state.firstCorrectMs === undefined
      ? `never right in ${probes} requests over ${timeoutMs} ms`
      : `wrong again ${flaps} times in ${probes} requests over ${timeoutMs} ms; ${wanted} right ones in a row were wanted`;
  if (bypassesController(expectation)) {
    return environmentError('backend-broken', `expected ${expected}, got ${actual} (${history}), past the controller`, {
      next: curlOf(lastWrong),
    });
  }
  return new CheckFailed({ expected, actual: `${actual} (${history})`, curl: curlOf(lastWrong), probe: lastWrong });
}

/** What is wrong on such a road is the cluster's fault or the fixture's: it accuses no controller. */
const bypassesController = ({ via }: Expectation): boolean => typeof via === 'object' && 'service' in via;

const minBy = <T>(items: readonly T[], value: (item: T) => number): T =>
  items.reduce((best, item) => (value(item) < value(best) ? item : best));
