import { execFileSync } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { expect } from 'chai';
import { withPrecedence } from '../../../../src/run/benchmark/precedence.ts';
import { benchHere } from './bench.ts';

const policyOf = (said: string): string | undefined => /SCHED_\w+/.exec(said)?.[0];
const own = (): string | undefined =>
  policyOf(execFileSync('chrt', ['--pid', String(process.pid)], { encoding: 'utf8' }));

describe('precedence of the generator', () => {
  it('is that of what is started, and not of the harness', async function () {
    const start = await withPrecedence(benchHere().start, 2);
    if (start === undefined) return this.skip(); // an ordinary user may not
    await using process = await start(['sh', '-c', 'sleep 0.2; chrt --pid $$']);
    const [said] = await Promise.all([text(process.stdout), process.exited]);
    expect(policyOf(said)).to.equal('SCHED_RR');
    expect(own()).to.equal('SCHED_OTHER');
  });

  it('is by a command beside it where another starts it, as an engine of containers does', async function () {
    if ((await withPrecedence(benchHere().start, 2)) === undefined) return this.skip(); // an ordinary user may not
    const start = await withPrecedence(benchHere(['chrt', '--other', '0']).start, 2);
    await using process = await start?.(['sh', '-c', 'sleep 0.2; chrt --pid $$']);
    expect(policyOf(process === undefined ? '' : await text(process.stdout))).to.equal('SCHED_RR');
  });

  it('is not claimed where what is started goes no sooner than others', async () => {
    expect(await withPrecedence(benchHere(['sh', '-c', 'read -r _; echo SCHED_OTHER']).start, 2)).to.equal(undefined);
  });

  it('is left alone where there is one CPU, which it would take from all', async () => {
    expect(await withPrecedence(benchHere().start, 1)).to.equal(undefined);
  });
});
