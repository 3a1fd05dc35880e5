import type { Check } from '../kit/check.ts';
import type { Verdict } from '../model/verdict.ts';

/** What became of one check. */
export interface Outcome {
  readonly check: Check;
  readonly verdict: Verdict;
  /** Since the epoch; absent where it was not tried. */
  readonly startedAtMs?: number;
  readonly durationMs: number;
  readonly evidence: Readonly<Record<string, unknown>>;
  /** What the controller logged while a check was refuted. */
  readonly controllerLog?: readonly string[];
}

/** The verdicts of a run as they come in: each check gets exactly one, and who waits for it is told. */
export interface Ledger {
  readonly checks: readonly Check[];
  /** The first one stands. */
  settle(outcome: Outcome): void;
  /** Resolves once the check has its verdict. */
  outcome(check: Check): Promise<Outcome>;
  /** Verdicts so far, in order of `checks`. */
  settled(): readonly Outcome[];
  /** Gives every check that has none the same verdict: nothing stays without one. */
  close(verdict: Verdict): void;
}

/** An empty ledger for these checks. */
export function createLedger(checks: readonly Check[]): Ledger {
  const settled = new Map<Check, Outcome>();
  const waiting = new Map<Check, ((outcome: Outcome) => void)[]>();
  const ledger: Ledger = {
    checks,
    settle(outcome) {
      if (settled.has(outcome.check)) return;
      settled.set(outcome.check, outcome);
      for (const tell of waiting.get(outcome.check) ?? []) tell(outcome);
    },
    outcome(check) {
      const known = settled.get(check);
      if (known !== undefined) return Promise.resolve(known);
      return new Promise((resolve) => waiting.set(check, [...(waiting.get(check) ?? []), resolve]));
    },
    settled: () => checks.flatMap((check) => settled.get(check) ?? []),
    close(verdict) {
      for (const check of checks) ledger.settle({ check, verdict, durationMs: 0, evidence: {} });
    },
  };
  return ledger;
}
