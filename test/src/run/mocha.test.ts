import { expect } from 'chai';
import type { Area } from '../../../src/kit/check.ts';
import type { Verdict } from '../../../src/model/verdict.ts';
import { createLedger } from '../../../src/run/ledger.ts';
import { chooseMochaReporter, present } from '../../../src/run/mocha.ts';
import { checksOf, plan } from '../../../src/run/plan.ts';
import { checkOf } from './check-of.ts';

const area: Area = { name: 'a', title: 'Area A' };
const failed: Verdict = { kind: 'failed', failure: { expected: 'x', actual: 'y' } };

async function presented(verdicts: Readonly<Record<string, Verdict>>, bail = false) {
  const areas = plan([{ area, checks: Object.keys(verdicts).map((id) => checkOf(id)) }]);
  const ledger = createLedger(checksOf(areas));
  const told: string[] = [];
  const done = present(areas, ledger, {
    bail,
    heading: (title) => told.push(title),
    tell: ({ check, verdict }) => told.push(`${check.id} ${verdict.kind}`),
  });
  // The last one is settled first: what is shown follows the plan all the same.
  for (const check of [...ledger.checks].reverse()) {
    ledger.settle({ check, verdict: verdicts[check.id] ?? failed, durationMs: 1, evidence: {} });
  }
  await done;
  return told;
}

describe('the mocha bridge', () => {
  it('shows each verdict under its area, in the order of the plan', async () => {
    const told = await presented({
      'a/1': { kind: 'passed' },
      'a/2': failed,
      'a/3': { kind: 'skipped', reason: 'r' },
      'a/4': { kind: 'unsupported', reason: 'r' },
      'a/5': { kind: 'errored', reason: 'r' },
      'a/6': { kind: 'observed', value: 'v' },
    });
    expect(told).to.deep.equal([
      'Area A',
      'a/1 passed',
      'a/2 failed',
      'a/3 skipped',
      'a/4 unsupported',
      'a/5 errored',
      'a/6 observed',
    ]);
  });

  it('shows nothing after the first failure with bail', async () => {
    expect(await presented({ 'a/1': failed, 'a/2': { kind: 'passed' } }, true)).to.deep.equal(['Area A', 'a/1 failed']);
  });

  it('knows mocha’s own reporters, and what was meant', () => {
    expect(chooseMochaReporter('tap')).to.equal('tap');
    expect(() => chooseMochaReporter('specc')).to.throw('Did you mean spec?');
  });
});
