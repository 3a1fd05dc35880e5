import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import kind from '../../../clusters/kind/index.ts';
import { findOurs } from '../../../clusters/kind/ours.ts';
import { remove, sweep } from '../../../clusters/kind/remove.ts';
import { claim, folderOf, names, newlyWritten, read, write } from '../../../clusters/kind/state.ts';
import type { ClusterHost } from '../../../src/model/cluster.ts';
import { exitCodes } from '../../../src/model/errors.ts';
import { silentProgress } from '../../../src/model/progress.ts';
import { createToolchain } from '../../../src/toolchain/toolchain.ts';
import { errorOf } from '../../src/error-of.ts';
import { type Pretence, pretend } from './pretend.ts';

const { signal } = new AbortController();
const host: ClusterHost = {
  progress: silentProgress,
  signal,
  toolchain: createToolchain({ progress: silentProgress, signal }),
};
const made = { kubernetes: 'v1.37.2', kind: 'v0.33.0', containers: ['c1'], engineId: 'engine-1' };

describe('what is written down of a kind cluster', () => {
  let pretence: Pretence;
  /** A Docker without that cluster's containers. */
  const engine = (id: string) => pretence.does('docker', `[ "$1" != info ] || echo ${id}`);

  beforeEach(() => {
    pretence = pretend();
    engine('engine-1');
  });
  afterEach(() => pretence[Symbol.dispose]());

  it('is there whole or not at all, and once', async () => {
    expect(await claim('lab', true)).to.equal(true);
    expect(await read('lab')).to.include({ keep: true, pid: process.pid, engine: 'docker' });
    expect(await claim('lab', true)).to.equal(false);
    expect(await readdir(join(folderOf('lab'), '..'))).to.deep.equal(['lab']);
  });

  it('is struck off once its containers are gone', async () => {
    await claim('lab', true);
    await write('lab', newlyWritten(true, made));
    expect(await findOurs('lab')).to.equal(undefined);
    expect(await names()).to.deep.equal([]);
  });

  it('stays where another engine answers than the one that has it, and is not removed from there', async () => {
    await claim('lab', true);
    await write('lab', { ...newlyWritten(false, made), pid: 1 << 30 });
    const stays = async () => {
      expect(await kind.status(host)).to.have.nested.property('[0].state', 'failed');
      expect(await errorOf(remove('lab', host))).to.include({ code: 'other-engine', exitCode: exitCodes.environment });
      await sweep(host);
      expect(await read('lab')).to.deep.include({ made });
    };
    engine('engine-2');
    await stays();
    process.env.KIND_EXPERIMENTAL_PROVIDER = 'podman';
    pretence.does('podman');
    await stays();
  });

  it('that nobody can read is told of, with the folder', async () => {
    await mkdir(folderOf('lab'), { recursive: true });
    await writeFile(join(folderOf('lab'), 'state.json'), '{"version": 9}');
    const create = kind.create({ name: 'lab', nodes: 1, keep: true, logFolder: '' }, host);
    const error = await errorOf(create);
    expect(error).to.include({ code: 'cluster-state', exitCode: exitCodes.environment });
    expect(error.message).to.contain(folderOf('lab'));
  });

  it('is not asked for where the engine is silent: such an engine has no cluster that runs', async () => {
    await claim('lab', true);
    await write('lab', newlyWritten(true, made));
    pretence.does('docker', 'sleep 60');
    expect(await kind.list(host)).to.deep.equal([]);
    expect(await read('lab')).to.deep.include({ made });
  });
});
