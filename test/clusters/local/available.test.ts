import { mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { available } from '../../../clusters/local/available.ts';

describe('whether a local cluster can be made here', () => {
  it('is yes where namespaces can be made', async () => {
    expect(await available()).to.deep.equal({ kind: 'available' });
  });

  it('is no on another system than Linux', async () => {
    const answer = await available('darwin');
    expect(answer).to.include({ kind: 'unavailable', next: 'use --cluster kind, which needs Docker' });
  });

  it('is no without a program it needs, with the package that brings it', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'assay-available-'));
    try {
      for (const name of ['unshare', 'nsenter', 'setpriv', 'mount']) symlinkSync('/bin/true', join(folder, name));
      const answer = await available('linux', folder);
      expect(answer).to.deep.equal({
        kind: 'unavailable',
        reason: '`ip` is not on PATH',
        next: 'install the package iproute2, e.g. sudo apt-get install iproute2',
      });
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('is no where making them is refused, with what was said', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'assay-available-'));
    try {
      for (const name of ['nsenter', 'setpriv', 'mount', 'ip']) symlinkSync('/bin/true', join(folder, name));
      symlinkSync('/bin/false', join(folder, 'unshare'));
      const answer = await available('linux', folder);
      expect(answer.kind).to.equal('unavailable');
      if (answer.kind === 'unavailable') expect(answer.reason).to.match(/^namespaces cannot be made here: /);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
