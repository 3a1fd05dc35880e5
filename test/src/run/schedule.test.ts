import { setTimeout as pause } from 'node:timers/promises';
import { expect } from 'chai';
import type { Area, BodyCheck, Check, Step } from '../../../src/kit/check.ts';
import { CheckFailed } from '../../../src/kit/failure.ts';
import type { Kit } from '../../../src/kit/kit.ts';
import { environmentError, interrupted } from '../../../src/model/errors.ts';
import { timeouts } from '../../../src/model/timeouts.ts';
import type { Suite } from '../../../src/run/catalogue.ts';
import { verdictOfUntried } from '../../../src/run/judge.ts';
import { createLedger } from '../../../src/run/ledger.ts';
import { checksOf, plan } from '../../../src/run/plan.ts';
import { runSchedule, type Stage } from '../../../src/run/schedule.ts';
import { checkOf } from './check-of.ts';

const step = (name: string): Step => ({ name, title: name, manifests: async () => [] });
const area: Area = { name: 'a', title: 'A', story: [step('one'), step('two')] };
const bare = (name: string): Area => ({ name, title: name });
const refuted = () => Promise.reject(new CheckFailed({ expected: 'this', actual: 'that' }));

/** A stage on which nothing is needed: the checks of these tests use no kit. */
const bareStage = (more: Partial<Stage> = {}): Stage => ({
  prepare: async () => {},
  enter: async () => {},
  openKit: async () => ({ kit: {} as Kit, evidence: { seen: 1 }, [Symbol.asyncDispose]: async () => {} }),
  assertSound: async () => {},
  controllerLog: async () => ['2026-01-01T00:00:00Z it gave up'],
  ...more,
});

const run = (checks: readonly Check[], options: Parameters<typeof runSuites>[1] = {}) =>
  runSuites([{ area, checks }], options);

async function runSuites(
  suites: readonly Suite[],
  {
    stage = bareStage(),
    signal = new AbortController().signal,
    bail = false,
    unsupported = () => undefined as string | undefined,
  } = {},
) {
  const areas = plan(suites);
  const ledger = createLedger(checksOf(areas));
  const started: string[] = [];
  const options = { signal, bail, unsupported, started: (check: Check) => started.push(check.id) };
  const thrown = await runSchedule(areas, stage, ledger, options).then(
    () => undefined,
    (error: unknown) => error,
  );
  if (thrown !== undefined) ledger.close(verdictOfUntried(thrown));
  const verdicts = Object.fromEntries(ledger.settled().map(({ check, verdict }) => [check.id, verdict.kind]));
  return { verdicts, started, thrown, outcomes: ledger.settled() };
}

describe('the schedule', () => {
  it('runs the checks of a step side by side', async () => {
    const { promise, resolve } = gate();
    const { verdicts } = await run([
      checkOf('a/waits', { after: 'one', run: () => promise }),
      checkOf('a/zopens', { after: 'one', run: async () => resolve() }),
    ]);
    expect(verdicts).to.deep.equal({ 'a/waits': 'passed', 'a/zopens': 'passed' });
  });

  it('runs exclusive checks one at a time, after the others of their step', async () => {
    let atOnce = 0;
    let most = 0;
    const body = async () => {
      most = Math.max(most, ++atOnce);
      await new Promise((resolve) => setImmediate(resolve));
      atOnce -= 1;
    };
    const { started } = await run([
      checkOf('a/2', { after: 'one', exclusive: true, run: body }),
      checkOf('a/1', { after: 'one', exclusive: true, run: body }),
      checkOf('a/3', { after: 'one', run: body }),
    ]);
    expect(most).to.equal(1);
    expect(started).to.deep.equal(['a/3', 'a/1', 'a/2']);
  });

  it('runs what is last when everything else is done, in other areas and apart too', async () => {
    const { promise, resolve } = gate();
    const told: string[] = [];
    const tell = (id: string, more: Partial<BodyCheck>) =>
      checkOf(id, { ...more, run: async () => void told.push(id) });
    const late = checkOf('b/late', { apart: true, run: () => promise.then(() => void told.push('b/late')) });
    await runSuites([
      { area: bare('b'), checks: [tell('b/last', { last: true }), late] },
      { area: bare('c'), checks: [checkOf('c/x', { run: async () => resolve() })] },
    ]);
    expect(told).to.deep.equal(['b/late', 'b/last']);
  });

  it('runs the lone ones of an area without a story, by which a controller may choke, when none apart waits for it', async () => {
    const { promise, resolve } = gate();
    const told: string[] = [];
    const late = checkOf('b/late', { apart: true, run: () => promise.then(() => void told.push('b/late')) });
    const lone = checkOf('b/lone', { exclusive: true, run: async () => void told.push('b/lone') });
    await runSuites([
      { area: bare('b'), checks: [lone, late] },
      { area: bare('c'), checks: [checkOf('c/x', { run: async () => void setImmediate(resolve) })] },
    ]);
    expect(told).to.deep.equal(['b/late', 'b/lone']);
  });

  it('runs those between the lone ones of a story, once none apart waits', async () => {
    const { promise, resolve } = gate();
    const told: string[] = [];
    const tell = (id: string, more: Partial<BodyCheck>) =>
      checkOf(id, { exclusive: true, ...more, run: async () => void told.push(id) });
    const late = checkOf('b/late', { apart: true, run: () => promise.then(() => void told.push('b/late')) });
    const first = checkOf('a/1', {
      after: 'one',
      exclusive: true,
      async run() {
        told.push('a/1');
        resolve();
        await new Promise(setImmediate);
      },
    });
    await runSuites([
      { area: bare('b'), checks: [tell('b/lone', {}), late] },
      {
        area: { name: 'a', title: 'A', story: [step('one')] },
        checks: [first, tell('a/2', { after: 'one' })],
      },
    ]);
    expect(told).to.deep.equal(['a/1', 'b/late', 'b/lone', 'a/2']);
  });

  it('asks the first of a story before all else, since the rest of it waits for them', async () => {
    const { started } = await runSuites([
      { area: bare('b'), checks: [checkOf('b/1')] },
      { area, checks: [checkOf('a/1', { after: 'one' }), checkOf('a/2', { after: 'two' })] },
    ]);
    expect(started).to.deep.equal(['a/1', 'b/1', 'a/2']);
  });

  it('begins what is apart with its step, but a table, which takes the processor, only when the others have asked', async () => {
    const { run: _, ...table } = checkOf('b/2-table', { apart: true });
    const { started } = await runSuites([
      {
        area: bare('b'),
        checks: [
          { ...table, expect: [] },
          checkOf('b/3', { apart: true }),
          checkOf('b/1'),
          checkOf('b/4', { risky: true }),
        ],
      },
    ]);
    expect(started).to.deep.equal(['b/3', 'b/1', 'b/2-table', 'b/4']);
  });

  it('lets what runs alone wait for a table apart', async () => {
    const told: string[] = [];
    const { promise, resolve } = gate();
    const { run: _, ...table } = checkOf('b/table', { apart: true });
    const kit = { converge: () => promise.then(() => void told.push('b/table')) } as unknown as Kit;
    const stage = bareStage({ openKit: async () => ({ kit, evidence: {}, [Symbol.asyncDispose]: async () => {} }) });
    await runSuites(
      [
        { area: bare('b'), checks: [{ ...table, expect: [] }] },
        {
          area,
          checks: [
            checkOf('a/1', { after: 'one', exclusive: true, run: async () => void told.push('a/1') }),
            checkOf('a/2', { after: 'one', risky: true, run: async () => void setImmediate(resolve) }),
          ],
        },
      ],
      { stage },
    );
    expect(told).to.deep.equal(['b/table', 'a/1']);
  });

  it('ends what is still being changed where a step cannot be brought about', async () => {
    const fault = environmentError('no-room', 'there is no room');
    const stage = bareStage({ enter: async (_area, { name }) => (name === 'two' ? Promise.reject(fault) : undefined) });
    const { verdicts, thrown } = await run(
      [
        checkOf('a/1', { after: 'one', exclusive: 'this', run: () => new Promise(() => {}) }),
        checkOf('a/2', { after: 'two' }),
      ],
      { stage },
    );
    expect(thrown).to.equal(fault);
    expect(verdicts).to.deep.equal({ 'a/1': 'errored', 'a/2': 'skipped' });
  });

  it('goes on with a story while a thing is changed; what runs alone waits for that', async () => {
    const told: string[] = [];
    const { promise, resolve } = gate();
    const tell = (id: string, more: Partial<BodyCheck>) =>
      checkOf(id, { ...more, run: async () => void told.push(id) });
    await run([
      checkOf('a/1', { after: 'one', exclusive: 'this', run: () => promise.then(() => void told.push('a/1')) }),
      checkOf('a/2', { after: 'two', run: async () => void setImmediate(resolve) }),
      tell('a/3', { after: 'two', exclusive: true }),
      tell('a/4', { after: 'two', exclusive: 'this' }),
    ]);
    expect(told).to.deep.equal(['a/1', 'a/4', 'a/3']);
  });

  it('enters each step before its checks', async () => {
    const told: string[] = [];
    const tell = (id: string, after: string) => checkOf(id, { after, run: async () => void told.push(id) });
    const stage = bareStage({ enter: async (_area, entered) => void told.push(entered.name) });
    await run([tell('a/x', 'one'), tell('a/y', 'two')], { stage });
    expect(told).to.deep.equal(['one', 'a/x', 'two', 'a/y']);
  });

  it('runs checks that change different things beside one another, before the lone ones', async () => {
    const told: string[] = [];
    const tell = (id: string, exclusive: true | string) =>
      checkOf(id, {
        after: 'one',
        exclusive,
        run: async () => {
          told.push(id);
          await new Promise((resolve) => setImmediate(resolve));
        },
      });
    await run([tell('a/1', 'this'), tell('a/2', 'this'), tell('a/3', 'that'), tell('a/4', true)]);
    expect(told).to.deep.equal(['a/1', 'a/3', 'a/2', 'a/4']);
  });

  it('prepares the areas without a story together, and plays them side by side while a story goes on', async () => {
    const told: string[] = [];
    const tell = (id: string, after?: string) =>
      checkOf(id, { ...(after && { after }), run: async () => void told.push(id) });
    const stage = bareStage({
      prepare: async (areas) => void told.push(`prepare ${areas.map((one) => one.area.name)}`),
      enter: async (_area, entered) => void told.push(entered.name),
    });
    await runSuites(
      [
        { area, checks: [tell('a/x', 'one'), tell('a/y', 'two')] },
        { area: bare('b'), checks: [tell('b/x')] },
        { area: bare('c'), checks: [tell('c/x')] },
      ],
      { stage },
    );
    expect(told).to.deep.equal(['prepare b,c', 'one', 'a/x', 'two', 'b/x', 'c/x', 'a/y']);
  });

  /** A check that tells when it begins and ends, with a turn of the event loop between. */
  const telling = (told: string[], id: string, more: Partial<BodyCheck> = {}) =>
    checkOf(id, {
      ...more,
      run: async () => {
        told.push(`begin ${id}`);
        await new Promise((resolve) => setImmediate(resolve));
        told.push(`end ${id}`);
      },
    });
  it('runs what a controller may choke on after what goes side by side, of all areas', async () => {
    const told: string[] = [];
    await runSuites([
      { area: bare('b'), checks: [telling(told, 'b/1', { risky: true })] },
      { area: bare('c'), checks: [telling(told, 'c/1')] },
    ]);
    expect(told).to.deep.equal(['begin c/1', 'end c/1', 'begin b/1', 'end b/1']);
  });

  it('lets one check at a time change one thing, in all areas', async () => {
    const told: string[] = [];
    await runSuites([
      { area: bare('b'), checks: [telling(told, 'b/1', { exclusive: 'this' })] },
      { area: bare('c'), checks: [telling(told, 'c/1', { exclusive: 'this' })] },
    ]);
    expect(told).to.deep.equal(['begin b/1', 'end b/1', 'begin c/1', 'end c/1']);
  });

  it('tells a story beside what others change, and lets a step that changes the same wait for them', async () => {
    const told: string[] = [];
    const { promise, resolve } = gate();
    const third = { ...step('three'), changes: 'this' };
    const story: Area = { name: 'a', title: 'A', story: [step('one'), step('two'), third] };
    const stage = bareStage({ enter: async (_area, entered) => void told.push(entered.name) });
    await runSuites(
      [
        { area: bare('b'), checks: [checkOf('b/1', { exclusive: 'this', run: () => promise })] },
        {
          area: story,
          checks: [
            checkOf('a/1', { after: 'two', run: async () => void told.push('a/1') }),
            checkOf('a/2', { after: 'two', exclusive: 'that', run: async () => void setImmediate(resolve) }),
            telling(told, 'a/3', { after: 'three' }),
          ],
        },
      ],
      { stage },
    );
    expect(told).to.deep.equal(['one', 'two', 'a/1', 'three', 'begin a/3', 'end a/3']);
  });

  it('keeps the evidence of a check that failed', async () => {
    const { outcomes } = await run([checkOf('a/x', { after: 'one', run: refuted })]);
    expect(outcomes[0]).to.deep.include({
      evidence: { seen: 1 },
      verdict: { kind: 'failed', failure: { expected: 'this', actual: 'that' } },
    });
  });

  it('keeps what the controller logged of a check that failed, and of no other', async () => {
    const { outcomes } = await run([
      checkOf('a/failed', { after: 'one', run: refuted }),
      checkOf('a/passed', { after: 'one' }),
      checkOf('a/unseen', { after: 'one', level: 'observation', run: refuted }),
    ]);
    const logs = outcomes.map(({ check, controllerLog }) => [check.id, controllerLog]);
    expect(logs).to.deep.equal([
      ['a/failed', ['2026-01-01T00:00:00Z it gave up']],
      ['a/passed', undefined],
      ['a/unseen', undefined],
    ]);
  });

  it('says failed without a log where the controller has none', async () => {
    const stage = bareStage({ controllerLog: async () => [] });
    const { outcomes } = await run([checkOf('a/x', { after: 'one', run: refuted })], { stage });
    expect(outcomes[0]).to.not.have.property('controllerLog');
    expect(outcomes[0]?.verdict.kind).to.equal('failed');
  });

  it('never says failed while the environment is at fault', async () => {
    const stage = bareStage({ assertSound: () => Promise.reject(environmentError('died', 'it died')) });
    const { verdicts } = await run([checkOf('a/x', { after: 'one', run: refuted })], { stage });
    expect(verdicts).to.deep.equal({ 'a/x': 'errored' });
  });

  it('never says failed of a check under which this process stood still, and goes on', async () => {
    const { standstillMs } = timeouts;
    Object.assign(timeouts, { standstillMs: 600 });
    try {
      const stopped = checkOf('a/x', {
        after: 'one',
        async run() {
          await pause(300); // the watch is under way
          Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1_500);
          await pause(300);
          return refuted();
        },
      });
      const { outcomes } = await run([stopped, checkOf('a/y', { after: 'two', run: refuted })]);
      expect(outcomes[0]?.verdict).to.include({ kind: 'errored', code: 'machine-busy' });
      expect(outcomes[1]?.verdict.kind).to.equal('failed');
    } finally {
      Object.assign(timeouts, { standstillMs });
    }
  });

  it('does not start what is unsupported', async () => {
    const { verdicts, started } = await run([checkOf('a/x', { after: 'one' })], { unsupported: () => 'no such thing' });
    expect(verdicts).to.deep.equal({ 'a/x': 'unsupported' });
    expect(started).to.deep.equal([]);
  });

  it('ends running checks as errored and untried ones as skipped when the environment dies', async () => {
    const end = new AbortController();
    const { verdicts, thrown } = await run(
      [
        checkOf('a/1', { after: 'one', run: async () => end.abort(environmentError('died', 'it died')) }),
        checkOf('a/2', { after: 'one', run: () => new Promise(() => {}) }),
        checkOf('a/3', { after: 'two' }),
      ],
      { signal: end.signal },
    );
    expect(thrown).to.have.property('code', 'died');
    expect(verdicts).to.include({ 'a/2': 'errored', 'a/3': 'skipped' });
  });

  it('skips what an interruption cut short or left untried', async () => {
    const end = new AbortController();
    const interrupt = () => {
      end.abort(interrupted('SIGINT'));
      return new Promise<never>(() => {});
    };
    const { verdicts } = await run(
      [checkOf('a/1', { after: 'one', run: interrupt }), checkOf('a/2', { after: 'two' })],
      { signal: end.signal },
    );
    expect(verdicts).to.deep.equal({ 'a/1': 'skipped', 'a/2': 'skipped' });
  });

  it('tries nothing more after a failure with bail, and says so', async () => {
    const { verdicts, outcomes } = await run(
      [
        checkOf('a/1', { after: 'one', exclusive: true, run: refuted }),
        checkOf('a/2', { after: 'one', exclusive: true }),
        checkOf('a/3', { after: 'two' }),
      ],
      { bail: true },
    );
    expect(verdicts).to.deep.equal({ 'a/1': 'failed', 'a/2': 'skipped', 'a/3': 'skipped' });
    expect(outcomes[1]?.verdict).to.have.property('reason', 'not tried: stopped by --bail after a/1');
  });

  it('goes on after a check that failed or erred, without bail', async () => {
    const { verdicts } = await run([
      checkOf('a/1', { after: 'one', run: refuted }),
      checkOf('a/2', { after: 'one', run: () => Promise.reject(new TypeError('a slip')) }),
      checkOf('a/3', { after: 'two' }),
    ]);
    expect(verdicts).to.deep.equal({ 'a/1': 'failed', 'a/2': 'errored', 'a/3': 'passed' });
  });

  it('breaks off, with its fault, where a step cannot be brought about', async () => {
    const stage = bareStage({ enter: () => Promise.reject(environmentError('rollout-timeout', 'not ready')) });
    const { verdicts, thrown } = await run([checkOf('a/1', { after: 'one' })], { stage });
    expect(thrown).to.have.property('code', 'rollout-timeout');
    expect(verdicts).to.deep.equal({ 'a/1': 'skipped' });
  });
});

function gate() {
  let resolve = () => {};
  const promise = new Promise<void>((open) => {
    resolve = open;
  });
  return { promise, resolve: () => resolve() };
}
