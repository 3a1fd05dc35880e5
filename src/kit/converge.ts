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
  /** For all rows to come right, and again for those that fall back while they are confirmed. Default `timeouts.convergeMs`. */
  readonly timeoutMs?: number;
  /** For all rows to come right, where the controller is known to have caught up. Default `timeoutMs`. */
  readonly settleMs?: number;
  /**
   * A row that is answered wrongly at a rate of `faultRate` must be refuted with this confidence. Default 0.05 and 0.99: see
   * `confirmationsAfter`.
   */
  readonly confidence?: number;
  readonly faultRate?: number;
  /** What the rows ask for is known to be in force, so that the first wrong answer refutes them: there is nothing to wait for. */
  readonly inForce?: boolean;
  /** Told once, however it ends, what came of each row. */
  readonly seen?: (rows: readonly RowHistory[]) => void;
}

/** What came of one row of a table, true or not. Times in ms since `converge` was called. */
export interface RowHistory {
  readonly expectation: Expectation;
  /** `undefined` where no answer was ever correct. */
  readonly firstCorrectMs: number | undefined;
  /** `undefined` where no answer was ever wrong. */
  readonly lastWrongMs: number | undefined;
  /** How often a wrong answer followed a correct one. */
  readonly flaps: number;
  readonly probes: number;
  readonly confirmations: number;
  /** When answers turned from wrong to correct and back, the first of them included; no more than the first 40. */
  readonly turns: readonly { readonly atMs: number; readonly correct: boolean }[];
  /** When it ended, confirmed or not. */
  readonly endedMs: number;
  /** `undefined` where none ended. */
  readonly lastProbe: ProbeRecord | undefined;
}

/** How one row of a table became true. */
export interface RowConvergence extends RowHistory {
  readonly firstCorrectMs: number;
  readonly lastProbe: ProbeRecord;
}

export interface Convergence {
  readonly rows: readonly RowConvergence[];
}

/**
 * Correct answers in a row that confirm a row after so many relapses. Each relapse is a new chance for a fault to pass, so half of
 * what may go wrong is spent on the first run, a quarter on the next, and so on: all chances together stay below 1 − confidence.
 * For 0.99 and 0.05: 105, 118, 132, … One more than the sum says, since the answer that ends a relapse is correct by definition.
 */
export const confirmationsAfter = (relapses: number, confidence: number, faultRate: number): number =>
  // By logarithms: after many relapses what is left of 1 − confidence is too little for a number next to 1.
  Math.ceil((Math.log(1 - confidence) - (relapses + 1) * Math.LN2) / Math.log(1 - faultRate)) + 1;

/** Turns that are kept of a row: one that wavers for a minute is no clearer for more. */
const turnsKept = 40;
/** Between two probes of a row that does not hold yet. */
const pollSpacingMs = 20;
/** Probes of one row under way at the same time, once so many are wanted to confirm it. */
const confirmingAtOnce = (wanted: number): number => Math.min(16, Math.max(4, Math.ceil(wanted / 64)));

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
  /** Flaps since it is being confirmed. */
  relapses: number;
  readonly turns: { readonly atMs: number; readonly correct: boolean }[];
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
  const { timeoutMs = timeouts.convergeMs, confidence = 0.99, faultRate = 0.05, inForce = false } = options;
  const wantedOf = ({ relapses }: RowState) => confirmationsAfter(relapses, confidence, faultRate);
  const startMs = performance.now();
  const elapsedMs = () => performance.now() - startMs;
  let deadlineMs = options.settleMs ?? timeoutMs;
  const broken = new AbortController(); // one row's error ends the others
  const states = rows.map(newState);

  // What ended it is thrown by the next probe, with its reason.
  const ended = AbortSignal.any([signal, broken.signal]);
  setMaxListeners(0, ended); // one for each row
  const rest = () => pause(pollSpacingMs, undefined, { signal: ended }).catch(() => {});

  async function probe(state: RowState): Promise<boolean> {
    ended.throwIfAborted();
    // Right answers may come as slowly as they like.
    if (elapsedMs() > deadlineMs && states.some(wasWrong)) throw tooLate(states, wantedOf, elapsedMs());
    const record = await send(state.expectation);
    const correct = verdictOf(state.expectation, record.outcome) === undefined;
    note(state, record, correct, elapsedMs());
    if (inForce && !correct && record.outcome.kind === 'answered') throw refuted(state, wantedOf(state), elapsedMs());
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
    while (state.run < wantedOf(state)) {
      if (!(await probe(state))) await rest();
    }
  }

  async function confirmAll(): Promise<void> {
    // From here on only what is wrong from here on counts against a row: it came right in time, and confirming has time of its own.
    for (const state of states) Object.assign(state, { run: 0, relapses: 0, lastWrong: undefined });
    deadlineMs = elapsedMs() + timeoutMs;
    await all(
      states.flatMap((state) => Array.from({ length: confirmingAtOnce(wantedOf(state)) }, () => confirm(state))),
    );
  }

  const all = (work: readonly Promise<void>[]) =>
    Promise.all(work).catch((thrown) => {
      broken.abort(thrown);
      throw thrown;
    });

  try {
    await all(states.map(poll));
    await confirmAll();
  } finally {
    options.seen?.(states.map((state) => historyOf(state, elapsedMs())));
  }
  return { rows: states.map((state) => rowOf(state, elapsedMs())) };
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
  relapses: 0,
  turns: [],
});

const isCorrect = ({ last, lastWrong }: RowState): boolean => last !== undefined && last !== lastWrong;

function note(state: RowState, record: ProbeRecord, correct: boolean, atMs: number): void {
  state.probes += 1;
  if (state.turns.at(-1)?.correct !== correct && state.turns.length < turnsKept) state.turns.push({ atMs, correct });
  if (correct) {
    state.firstCorrectMs ??= atMs;
    state.run += 1;
  } else {
    if (isCorrect(state)) {
      state.flaps += 1;
      state.relapses += 1;
    }
    state.lastWrongMs = atMs;
    state.lastWrong = record;
    state.run = 0;
  }
  state.last = record;
}

function historyOf(state: RowState, endedMs: number): RowHistory {
  const { expectation, firstCorrectMs, lastWrongMs, flaps, probes, run, turns, last } = state;
  return {
    expectation,
    firstCorrectMs,
    lastWrongMs,
    flaps,
    probes,
    confirmations: run,
    turns: [...turns],
    endedMs,
    lastProbe: last,
  };
}

function rowOf(state: RowState, endedMs: number): RowConvergence {
  const { firstCorrectMs, last } = state;
  if (firstCorrectMs === undefined || !last) throw new Error('a row that was never correct cannot be confirmed');
  return { ...historyOf(state, endedMs), firstCorrectMs, lastProbe: last };
}

const wasWrong = ({ lastWrong }: RowState): boolean => lastWrong !== undefined;

/** The row that kept the table from holding, and what it last got wrong. */
function tooLate(states: readonly RowState[], wantedOf: (state: RowState) => number, afterMs: number): Error {
  const wrong = states.filter(wasWrong);
  const state = wrong.find(({ firstCorrectMs }) => firstCorrectMs === undefined) ?? minBy(wrong, ({ run }) => run);
  return refuted(state, wantedOf(state), afterMs);
}

function refuted(state: RowState, wanted: number, afterMs: number): Error {
  const { expectation, lastWrong, probes, flaps } = state;
  if (!lastWrong) throw new Error('a row that was never wrong cannot be refuted');
  const ms = Math.round(afterMs);
  const { expected, actual } = verdictOf(expectation, lastWrong.outcome) ?? {
    expected: expectedOf(expectation),
    actual: '',
  };
  const history =
    state.firstCorrectMs === undefined
      ? `never right in ${probes} requests over ${ms} ms`
      : `wrong again ${flaps} times in ${probes} requests over ${ms} ms; ${wanted} right ones in a row were wanted`;
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
