import { expect } from 'chai';
import { wantsColour } from '../../../src/cli/print.ts';
import { createProgress } from '../../../src/cli/progress.ts';

/** Whatever is written, as a log or a terminal of that width would get it. */
function output(columns?: number) {
  const chunks: string[] = [];
  const write = (chunk: string | Uint8Array) => chunks.push(String(chunk)) > 0;
  return { write, text: () => chunks.join(''), ...(columns === undefined ? {} : { isTTY: true, columns, rows: 24 }) };
}

describe('progress', () => {
  it('in a log is one line for each step that has ended, without escapes', async () => {
    const log = output();
    using progress = createProgress(log);
    await progress.step('build', async (report) => report('kube-apiserver'));
    await progress.step('break', () => Promise.reject(new Error('no'))).catch(() => {});
    progress.note('a note');
    expect(log.text()).to.match(/^✓ build \(\d+ ms\)\n✗ break \(\d+ ms\)\na note\n$/);
  });

  it('on a terminal shows what is running and its detail, and what has ended above it', async () => {
    const terminal = output(80);
    using progress = createProgress(terminal);
    await progress.step('build', async (report) => {
      report('kube-apiserver');
      progress.note('a note');
      expect(terminal.text()).to.match(/a note\n.*build: kube-apiserver/s);
    });
    expect(terminal.text()).to.match(/✓.* build .*\n$/s);
  });

  it('on a terminal that has no width is lines', async () => {
    const terminal = output(0);
    using progress = createProgress(terminal);
    await progress.step('build', async () => {});
    expect(terminal.text()).to.contain('build').and.not.contain('\u001b[2K');
  });

  it('passes on what a step returns and throws', async () => {
    using progress = createProgress(output());
    expect(await progress.step('give', async () => 7)).to.equal(7);
    const thrown = await progress.step('break', () => Promise.reject(new Error('no'))).catch((error: Error) => error);
    expect(thrown).to.have.property('message', 'no');
  });
});

describe('colour', () => {
  it('is for terminals, unless NO_COLOR is set, and elsewhere only by FORCE_COLOR', () => {
    expect(wantsColour(output(80), {})).to.equal(true);
    expect(wantsColour(output(80), { NO_COLOR: '1' })).to.equal(false);
    expect(wantsColour(output(80), { TERM: 'dumb' })).to.equal(false);
    expect(wantsColour(output(), {})).to.equal(false);
    expect(wantsColour(output(), { FORCE_COLOR: '1' })).to.equal(true);
  });
});
