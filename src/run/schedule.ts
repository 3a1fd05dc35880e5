import { setMaxListeners } from 'node:events';
import { type Area, type Check, isTable, type Observation, type Step } from '../kit/check.ts';
import type { Kit } from '../kit/kit.ts';
import { AssayError, environmentError, exitCodes } from '../model/errors.ts';
import { timeouts } from '../model/timeouts.ts';
import type { Verdict } from '../model/verdict.ts';
import { isRefutation, verdictOfReturned, verdictOfThrown } from './judge.ts';
import type { Ledger } from './ledger.ts';
import { groundsIn, lastOf, type PlannedArea, type PlannedStep } from './plan.ts';
import { watchStandstill } from './standstill.ts';

/** A kit for one check, with what the check has recorded; disposing it takes back what the kit holds. */
export interface OpenKit extends AsyncDisposable {
  readonly kit: Kit;
  readonly evidence: Readonly<Record<string, unknown>>;
}

/** Where checks are played: the cluster with the controller on it. */
export interface Stage {
  /** Brings about what all stands on: what was furnished is ready, and these checks of areas without a story have what they are given. */
  prepare(areas: readonly { readonly area: Area; readonly checks: readonly Check[] }[]): Promise<void>;
  /** Brings about one step of an area's story, all its workloads ready. */
  enter(area: Area, step: Step): Promise<void>;
  openKit(area: Area, check: Check): Promise<OpenKit>;
  /**
   * Throws the environment's fault, if there was one since that time (in ms since the epoch): asked before a check is said to have
   * failed.
   */
  assertSound(sinceMs: number): Promise<void>;
  /** What the controller has logged since that time, of this check before all else, as far as it can be known. Never rejects. */
  controllerLog(area: Area, check: Check, sinceMs: number): Promise<readonly string[]>;
}

export interface ScheduleOptions {
  /** Aborted, with an AssayError as its reason, when the run is to end early. */
  readonly signal: AbortSignal;
  readonly bail: boolean;
  /** Why a check cannot be put to this controller on this cluster, where it cannot. */
  readonly unsupported: (check: Check) => string | undefined;
  readonly started: (check: Check) => void;
}

/** Rejects with the signal's reason once it is aborted. */
const aborted = (signal: AbortSignal, done: AbortSignal): Promise<never> =>
  new Promise((_, reject) => {
    setMaxListeners(0, signal); // one for each check under way
    if (signal.aborted) reject(signal.reason);
    signal.addEventListener('abort', () => reject(signal.reason), { once: true, signal: done });
  });

/** The body's end, or the signal's, or the end of our patience: whichever comes first. */
async function bounded<T>(check: Check, body: Promise<T>, signal: AbortSignal): Promise<T> {
  const done = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(environmentError('check-hung', `${check.id} did not end within ${timeouts.checkMs} ms`));
    }, timeouts.checkMs);
  });
  try {
    return await Promise.race([body, aborted(signal, done.signal), late]);
  } finally {
    clearTimeout(timer);
    done.abort();
    body.catch(() => {});
  }
}

async function bodyOf(check: Check, kit: Kit): Promise<Observation | undefined> {
  if (!isTable(check)) return (await check.run(kit)) ?? undefined;
  const rows = typeof check.expect === 'function' ? check.expect(kit.ground) : check.expect;
  await kit.converge(rows, check.faultRate === undefined ? {} : { faultRate: check.faultRate });
  return undefined;
}

/** How the body of a check ended, with what it had recorded by then, and its times in ms. */
type Attempt = {
  readonly evidence: Readonly<Record<string, unknown>>;
  readonly startedAtMs: number;
  readonly durationMs: number;
} & ({ readonly returned: Observation | undefined } | { readonly thrown: unknown });

async function attempt(area: Area, check: Check, stage: Stage, signal: AbortSignal): Promise<Attempt> {
  let evidence: Readonly<Record<string, unknown>> = {};
  let startedAtMs = Date.now();
  let start = performance.now();
  const so = () => ({ evidence, startedAtMs, durationMs: performance.now() - start });
  try {
    await using open = await stage.openKit(area, check);
    evidence = open.evidence;
    // That the controller had to catch up first is none of the check's time.
    startedAtMs = Date.now();
    start = performance.now();
    const returned = await bounded(check, bodyOf(check, open.kit), signal);
    return { ...so(), returned };
  } catch (thrown) {
    return { ...so(), thrown };
  }
}

/** The environment's fault since that time, if there was one. */
const faultOf = (stage: Stage, sinceMs: number): Promise<unknown> =>
  stage.assertSound(sinceMs).then(
    () => undefined,
    (fault: unknown) => fault,
  );

/** Nothing is left of it once what goes side by side has been tried. */
const isOver = ({ risky, changing, alone }: PlannedStep): boolean =>
  risky.length + changing.length + alone.length === 0;

/** The error for a check that was refuted while this process stood still for so long, where that may be why. */
const stoodStill = (ms: number): AssayError | undefined =>
  ms < timeouts.standstillMs
    ? undefined
    : environmentError('machine-busy', `this process stood still for ${Math.round(ms / 1000)} s meanwhile`, {
        next: 'see that the machine neither sleeps nor is short of CPU: uptime',
      });

const breaksOff = (verdict: Verdict): boolean => verdict.kind === 'errored' && verdict.code === 'check-hung';

/**
 * Tries every check of the plan and enters each verdict into the ledger: the first of each story, then the areas without one, and beside them
 * the stories as far as their checks change nothing, then the rest of each story, then what is to be last. Throws what ended the run
 * early: the signal's reason, or the environment's fault while a step was brought about.
 */
export async function runSchedule(
  areas: readonly PlannedArea[],
  stage: Stage,
  ledger: Ledger,
  options: ScheduleOptions,
): Promise<void> {
  using standstill = watchStandstill();
  const stop = new AbortController();
  const signal = AbortSignal.any([options.signal, stop.signal]);
  const concluding: Promise<void>[] = [];

  async function tryOne(area: Area, check: Check): Promise<void> {
    if (signal.aborted) return;
    const reason = options.unsupported(check);
    if (reason !== undefined) {
      ledger.settle({ check, verdict: { kind: 'unsupported', reason }, durationMs: 0, evidence: {} });
      return;
    }
    const begunAtMs = Date.now();
    options.started(check);
    const attempted = await attempt(area, check, stage, signal);
    const concluded = conclude(area, check, attempted, begunAtMs);
    concluding.push(concluded);
    // The environment is given time to show its fault. Checks need not wait for that, being held against it as well.
    if (options.bail || !('thrown' in attempted) || !isRefutation(attempted.thrown)) await concluded;
  }

  async function conclude(area: Area, check: Check, attempted: Attempt, begunAtMs: number): Promise<void> {
    const { evidence, startedAtMs, durationMs } = attempted;
    const refuted = 'thrown' in attempted && isRefutation(attempted.thrown);
    // Asked at once: what the controller logs from here on tells of other checks.
    const logged = refuted && check.level !== 'observation' ? stage.controllerLog(area, check, begunAtMs) : [];
    const fault = 'thrown' in attempted ? await faultOf(stage, begunAtMs) : undefined;
    const controllerLog = fault === undefined ? await logged : [];
    const still = refuted ? stoodStill(standstill.longestSince(begunAtMs)) : undefined;
    const verdict =
      'thrown' in attempted
        ? verdictOfThrown(fault ?? still ?? attempted.thrown, check)
        : verdictOfReturned(check, attempted.returned);
    ledger.settle({
      check,
      verdict,
      evidence,
      startedAtMs,
      durationMs,
      ...(controllerLog.length > 0 && { controllerLog }),
    });
    if (fault !== undefined) stop.abort(fault);
    if (breaksOff(verdict))
      stop.abort(environmentError('check-hung', `${check.id} hangs; what it changed is not put back`));
    if (options.bail && (verdict.kind === 'failed' || verdict.kind === 'errored')) {
      stop.abort(new AssayError('bail', exitCodes.failed, `stopped by --bail after ${check.id}`));
    }
  }

  const beside = (area: Area, checks: readonly Check[]) => Promise.all(checks.map((check) => tryOne(area, check)));
  const inTurn = async (area: Area, checks: readonly Check[]) => {
    for (const check of checks) await tryOne(area, check);
  };
  /** The checks under way that change something, by what they change; a later one waits for those before it. */
  const lanes = new Map<string, Promise<void>>();
  const change = (area: Area, { changing }: PlannedStep) => {
    for (const { changes, checks } of changing) {
      lanes.set(
        changes,
        (lanes.get(changes) ?? Promise.resolve()).then(() => inTurn(area, checks)),
      );
    }
  };
  const apart: Promise<unknown>[] = [];
  let apartUnderWay = 0;
  const besides = (area: Area, checks: readonly Check[]): Promise<unknown> => {
    apartUnderWay += 1;
    const tried = beside(area, checks).finally(() => (apartUnderWay -= 1));
    apart.push(tried);
    return tried;
  };
  /** The tables among those apart: they would keep the processor from what is timed. */
  const asking: Promise<unknown>[] = [];
  async function begin(area: Area, step: PlannedStep): Promise<void> {
    signal.throwIfAborted();
    const [tables, bodies] = [step.apart.filter(isTable), step.apart.filter((check) => !isTable(check))];
    void besides(area, bodies);
    await beside(area, step.sideBySide);
    asking.push(besides(area, tables));
  }

  const alone = async (area: Area, step: PlannedStep) => {
    if (step.alone.length > 0) await Promise.all([...lanes.values(), ...asking]);
    for (const check of step.alone) {
      if (apartUnderWay === 0) await groundsAlone();
      await tryOne(area, check);
    }
  };

  const grounds = areas
    .filter(({ area }) => area.story === undefined)
    .flatMap(({ area, steps }) => steps.map((step) => ({ area, step })));
  const waiting = grounds.map(({ area, step }) => ({ area, checks: [...step.alone] }));
  /**
   * Those of the grounds that run alone. One of them may keep the controller from taking anything, which checks apart would meet too. The
   * sooner after these the better: what has failed is held against the environment while the next are tried.
   */
  async function groundsAlone(): Promise<void> {
    for (const { area, checks } of waiting) await inTurn(area, checks.splice(0));
  }
  const stories = areas.filter(({ area }) => area.story !== undefined);

  /** All that the areas without a story ask side by side, and then what a controller may choke on; what they change they begin to. */
  async function playGrounds(): Promise<void> {
    await Promise.all(grounds.map(({ area, step }) => begin(area, step)));
    await Promise.all(grounds.map(({ area, step }) => beside(area, step.risky)));
    for (const { area, step } of grounds) change(area, step);
  }

  /** The rest of a step whose checks side by side have been tried: what they change they begin to. */
  async function finish(area: Area, step: PlannedStep): Promise<void> {
    if (step.risky.length > 0) await Promise.all(lanes.values());
    await beside(area, step.risky);
    change(area, step);
    await alone(area, step);
  }

  let grounded = Promise.resolve();
  try {
    await Promise.all([
      stage.prepare(groundsIn(areas, (check) => options.unsupported(check) === undefined)),
      ...stories.map(({ area, steps: [first] }) => first?.step && stage.enter(area, first.step)),
    ]);
    // Few, and the rest of the story waits for them: beside all that the grounds ask they would take as long as those.
    await Promise.all(stories.flatMap(({ area, steps: [first] }) => (first ? [begin(area, first)] : [])));
    grounded = playGrounds();
    grounded.catch(() => {}); // told below
    for (const { area, steps } of stories) {
      for (const [index, step] of steps.entries()) {
        if (index > 0) {
          if (step.step?.changes !== undefined) {
            await grounded;
            await lanes.get(step.step.changes);
          }
          signal.throwIfAborted();
          if (step.step !== undefined) await stage.enter(area, step.step);
          await begin(area, step);
        }
        if (isOver(step)) continue;
        await grounded;
        await finish(area, step);
      }
    }
    await grounded;
    await Promise.all(lanes.values());
    await Promise.all(apart);
    await groundsAlone();
    for (const { area, steps } of areas) await inTurn(area, lastOf(steps));
  } catch (thrown) {
    stop.abort(thrown);
    throw thrown;
  } finally {
    // What is still under way ends with the signal.
    await Promise.allSettled([grounded, ...lanes.values(), ...apart]);
    await Promise.all(concluding);
  }
  signal.throwIfAborted();
}
