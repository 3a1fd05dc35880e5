import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { identify, runs } from '../../../clusters/local/kept/process.ts';
import {
  allKept,
  claim,
  clustersFolder,
  findKept,
  folderOf,
  forget,
  record,
  watchRecord,
} from '../../../clusters/local/kept/state.ts';

describe('what is written down of kept clusters', () => {
  const stateHome = process.env.XDG_STATE_HOME;
  beforeEach(() => {
    process.env.XDG_STATE_HOME = mkdtempSync(join(tmpdir(), 'assay-state-'));
  });
  afterEach(() => {
    rmSync(process.env.XDG_STATE_HOME ?? '', { recursive: true });
    if (stateHome === undefined) delete process.env.XDG_STATE_HOME;
    else process.env.XDG_STATE_HOME = stateHome;
  });

  it('gives a name to one of those who claim it at once', async () => {
    const outcomes = await Promise.all([claim('a'), claim('b')]);
    expect(outcomes).to.deep.equal([true, true]);
    expect(await claim('a')).to.equal(false);
    expect([...(await allKept()).keys()]).to.deep.equal(['a', 'b']);
  });

  it('is an environment error that names the folder where it cannot be written', async () => {
    const folder = process.env.XDG_STATE_HOME ?? '';
    writeFileSync(join(folder, 'ingress-assay'), '');
    const thrown = await claim('a').catch((error: unknown) => error);
    expect(thrown).to.include({ code: 'cluster-state', exitCode: 3 });
    expect(thrown).to.have.property('message').that.contains(folder);
  });

  it('is swept when its keeper is gone, even if its id is another process’s now', async () => {
    await claim('a');
    const file = join(folderOf('a'), 'state.json');
    const keeper = { pid: process.pid, startTicks: '1' };
    writeFileSync(file, JSON.stringify({ keeper, sinceMs: 0, phase: { kind: 'starting' } }));
    expect(await findKept('a')).to.equal(undefined);
    expect(readdirSync(clustersFolder())).to.deep.equal([]);
  });

  it('stays when the cluster has failed', async () => {
    await claim('a');
    await record('a', { kind: 'failed', failure: { code: 'c', message: 'm' } });
    expect((await findKept('a'))?.phase).to.deep.equal({ kind: 'failed', failure: { code: 'c', message: 'm' } });
  });

  it('is swept when it cannot be read, and so is what a killed claimant left', async () => {
    mkdirSync(join(clustersFolder(), 'broken'), { recursive: true });
    writeFileSync(join(clustersFolder(), 'broken', 'state.json'), '{');
    mkdirSync(join(clustersFolder(), 'x.4194305.claim'));
    expect((await allKept()).size).to.equal(0);
    expect(readdirSync(clustersFolder())).to.deep.equal([]);
  });

  it('stays when another version wrote it and its keeper runs, to be removed and no more', async () => {
    await claim('a');
    const keeper = await identify(process.pid);
    const file = join(folderOf('a'), 'state.json');
    writeFileSync(file, JSON.stringify({ keeper, sinceMs: 0, phase: { kind: 'hibernating' }, pods: [] }));
    const kept = await findKept('a');
    expect(kept?.keeper).to.deep.equal(keeper);
    expect(kept?.phase).to.have.nested.property('failure.message').that.contains('another version');
  });

  it('tells its keeper when it is gone', async () => {
    await claim('a');
    const gone = new Promise<void>((resolve) => watchRecord('a', resolve));
    await record('a', { kind: 'starting' });
    await forget('a');
    await gone;
  });

  it('is never outside its folder', () => {
    for (const name of ['../up', 'a/b', '', '.', 'UPPER', 'a'.repeat(41)])
      expect(() => folderOf(name)).to.throw(/cannot name a cluster/);
  });

  it('tells a process from a later one with its id', async () => {
    const self = await identify(process.pid);
    if (self === undefined) throw new Error('no /proc');
    expect(await runs(self)).to.equal(true);
    expect(await runs({ ...self, startTicks: '1' })).to.equal(false);
    expect(await identify(4194305)).to.equal(undefined);
  });
});
