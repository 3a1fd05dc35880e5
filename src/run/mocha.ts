import Mocha from 'mocha';
import type { Check } from '../kit/check.ts';
import { choose } from './choose.ts';
import type { Ledger, Outcome } from './ledger.ts';
import { apartOf, checksOfStep, lastOf, type PlannedArea } from './plan.ts';

/** Names of mocha's own reporters, all of which can present a run. */
export const mochaReporters: readonly string[] = Object.keys(Mocha.reporters)
  .filter((name) => name === name.toLowerCase() && name !== 'base' && name !== 'html')
  .sort();

export interface Presentation {
  /** One of `mochaReporters`; where absent, each verdict goes to `tell` as it comes in the order of the plan. */
  readonly reporter?: string | undefined;
  readonly bail: boolean;
  readonly tell: (outcome: Outcome) => void;
  /** Headings: areas and steps. */
  readonly heading: (title: string) => void;
}

/** What mocha shows of a check that did not hold. */
function mochaError({ verdict }: Outcome): Error | undefined {
  if (verdict.kind === 'errored') return new Error(`errored: ${verdict.reason}`);
  if (verdict.kind !== 'failed') return undefined;
  const { expected, actual, curl } = verdict.failure;
  const error = new Error(`expected ${expected}, got ${actual}${curl === undefined ? '' : `\n${curl}`}`);
  error.stack = '';
  return Object.assign(error, { expected, actual, showDiff: false });
}

/** A mocha test that shows the verdict the schedule reaches; mocha itself decides nothing. */
function presentedTest(check: Check, ledger: Ledger): Mocha.Test {
  const test = new Mocha.Test(check.title, async function (this: Mocha.Context) {
    const outcome = await ledger.outcome(check);
    // Mocha's own figure is how long it waited, which says nothing of checks that run side by side.
    Object.defineProperty(test, 'duration', { get: () => Math.round(outcome.durationMs), set: () => {} });
    if (outcome.verdict.kind === 'skipped' || outcome.verdict.kind === 'unsupported') this.skip();
    if (outcome.verdict.kind === 'observed') test.title = `${check.title}: ${outcome.verdict.value}`;
    const error = mochaError(outcome);
    if (error !== undefined) throw error;
  });
  return test;
}

/** Our own mocha reporter: headings, and each outcome in full rather than as pass or fail. */
function liveReporter(outcomeOf: (test: Mocha.Test) => Promise<Outcome> | undefined, presentation: Presentation) {
  return class extends Mocha.reporters.Base {
    constructor(runner: Mocha.Runner, options?: Mocha.MochaOptions) {
      super(runner, options);
      runner.on(Mocha.Runner.constants.EVENT_SUITE_BEGIN, (suite) => {
        if (suite.title !== '') presentation.heading(suite.title);
      });
      runner.on(Mocha.Runner.constants.EVENT_TEST_END, (test) => {
        outcomeOf(test)?.then(presentation.tell);
      });
    }
  };
}

/** Presents a run through mocha while the schedule fills the ledger; resolves once every check has been shown. */
export async function present(
  areas: readonly PlannedArea[],
  ledger: Ledger,
  presentation: Presentation,
): Promise<void> {
  const checks = new Map<Mocha.Test, Check>();
  const outcomeOf = (test: Mocha.Test) => {
    const check = checks.get(test);
    return check === undefined ? undefined : ledger.outcome(check);
  };
  const mocha = new Mocha({
    timeout: 0,
    bail: presentation.bail,
    reporter: presentation.reporter ?? liveReporter(outcomeOf, presentation),
  });
  for (const { area, steps } of areas) {
    const areaSuite = Mocha.Suite.create(mocha.suite, area.title);
    const addTo = (suite: Mocha.Suite, check: Check) => {
      const test = presentedTest(check, ledger);
      checks.set(test, check);
      suite.addTest(test);
    };
    for (const planned of steps) {
      const checks = checksOfStep(planned);
      if (checks.length === 0) continue;
      const { step } = planned;
      const suite = step === undefined ? areaSuite : Mocha.Suite.create(areaSuite, `after: ${step.title}`);
      for (const check of checks) addTo(suite, check);
    }
    const aside = [
      ['beside all of these', apartOf(steps)],
      ['when all else is done', lastOf(steps)],
    ] as const;
    for (const [title, checks] of aside) {
      if (checks.length === 0) continue;
      const suite = Mocha.Suite.create(areaSuite, title);
      for (const check of checks) addTo(suite, check);
    }
  }
  await new Promise<void>((resolve) => mocha.run(() => resolve()));
  mocha.dispose(); // takes its listeners off the process
}

/** Mocha's reporter of that name; a usage error proposes the nearest one. */
export const chooseMochaReporter = (name: string): string => choose('reporter', name, mochaReporters, (known) => known);
