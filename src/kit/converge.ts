import type { ProbeRecord } from '../model/probe.ts';
import type { Expectation } from './expectation.ts';

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
