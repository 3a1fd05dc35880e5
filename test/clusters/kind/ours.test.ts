import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { engine } from '../../../clusters/kind/containers.ts';
import { assertMadeBy } from '../../../clusters/kind/create.ts';
import kind from '../../../clusters/kind/index.ts';
import { findOurs } from '../../../clusters/kind/ours.ts';
import { remove, sweep } from '../../../clusters/kind/remove.ts';
import { claim, folderOf, logFolderOf, names, newlyWritten, read, write } from '../../../clusters/kind/state.ts';
import type { ClusterHost } from '../../../src/model/cluster.ts';
import { exitCodes } from '../../../src/model/errors.ts';
import { type Progress, silentProgress } from '../../../src/model/progress.ts';
import { createToolchain } from '../../../src/toolchain/toolchain.ts';
import { errorOf } from '../../src/error-of.ts';
import { gone } from '../../src/toolchain/processes.ts';
import { type Pretence, pretend } from './pretend.ts';

const { signal } = new AbortController();
const host: ClusterHost = {
  progress: silentProgress,
  signal,
  toolchain: createToolchain({ progress: silentProgress, signal }),
};
const made = { kubernetes: 'v1.37.2', kind: 'v0.33.0', containers: ['c1'] };
const engineId = 'engine-1';

describe('what is written down of a kind cluster', () => {
  let pretence: Pretence;
  /** A Docker without that cluster's containers. */
  const docker = (id: string) => pretence.does('docker', `[ "$1" != info ] || echo ${id}`);

  beforeEach(() => {
    pretence = pretend();
    docker('engine-1');
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
    await write('lab', newlyWritten({ keep: true, engineId, made }));
    expect(await findOurs('lab')).to.equal(undefined);
    expect(await names()).to.deep.equal([]);
  });

  it('stays where another engine answers than the one that has it, and is not removed from there', async () => {
    await claim('lab', true);
    await write('lab', { ...newlyWritten({ keep: false, engineId, made }), pid: 1 << 30 });
    const stays = async () => {
      expect(await kind.status(host)).to.have.nested.property('[0].state', 'failed');
      expect(await errorOf(remove('lab', host))).to.include({ code: 'other-engine', exitCode: exitCodes.environment });
      await sweep(host);
      expect(await read('lab')).to.deep.include({ made });
    };
    docker('engine-2');
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

  it('stays as well where it was being made with another engine', async () => {
    await claim('lab', true, 'engine-0');
    expect(await errorOf(remove('lab', host))).to.include({ code: 'other-engine' });
    expect(await read('lab')).to.include({ engineId: 'engine-0' });
  });

  it('is removed where its containers are seen, though the engine goes by another id now', async () => {
    await claim('lab', true);
    await write('lab', newlyWritten({ keep: true, engineId: 'engine-0', made }));
    const inspected = JSON.stringify([
      {
        Id: 'c1',
        Name: '/x-control-plane',
        Config: { Labels: { 'io.x-k8s.kind.role': 'control-plane' } },
        State: { Status: 'running' },
        NetworkSettings: { Networks: {} },
      },
    ]);
    pretence.does(
      'docker',
      `case "$*" in info*) echo engine-1 ;; *io.x-k8s*) echo c1 ;; inspect*) echo '${inspected}' ;; esac`,
    );
    pretence.does('kind', '[ "$1" = delete ] || echo "kind v0.33.0 go1.26 linux/amd64"');
    expect(await remove('lab', host)).to.equal(true);
    expect(pretence.asked().join('\n')).to.contain('kind delete cluster --name ingress-assay-lab');
    expect(await read('lab')).to.equal(undefined);
  });

  it('is not joined by a configuration that it was not made by', async () => {
    const file = join(folderOf('lab'), '..', 'edited.yaml');
    await claim('lab', true);
    await write('lab', newlyWritten({ keep: true, engineId, made }));
    const written = 'kind: Cluster\napiVersion: kind.x-k8s.io/v1alpha4\n';
    await writeFile(join(folderOf('lab'), 'kind-config.yaml'), written);
    await writeFile(file, written);
    await assertMadeBy('lab', file);
    await writeFile(file, `${written}networking: {ipFamily: dual}\n`);
    expect(await errorOf(assertMadeBy('lab', file))).to.include({ code: 'cluster-differs', exitCode: exitCodes.usage });
  });

  it('is no longer made, by kind or for it, once the run is told to end', async () => {
    const file = join(process.env.XDG_STATE_HOME ?? '', 'asked-for.yaml');
    await writeFile(
      file,
      'kind: Cluster\napiVersion: kind.x-k8s.io/v1alpha4\nnodes: [{role: control-plane, image: "node:1"}]\n',
    );
    pretence.does(
      'kind',
      'case "$1" in create) sleep 1000 & echo "nodes $$ $! made"; wait ;; delete) ;; *) echo "kind v0.33.0 go1.26 linux/amd64" ;; esac',
    );
    pretence.does('kubectl', 'echo "Client Version: v1.37.2"');
    const ending = new AbortController();
    let pids: readonly number[] = [];
    const report = (line: string) => {
      pids = (line.match(/\d+/g) ?? []).map(Number);
      ending.abort(new Error('enough'));
    };
    const progress: Progress = { ...silentProgress, step: (_, body) => body(report) };
    const create = kind.create(
      { name: 'lab', nodes: 1, keep: false, logFolder: '', flags: { 'kind-config': file } },
      { ...host, progress, signal: ending.signal },
    );
    expect(await create.catch((thrown: unknown) => thrown)).to.have.property('message', 'enough');
    expect(pids).to.have.length(2);
    for (const pid of pids) await gone(pid);
    expect(await names()).to.deep.equal([]);
  });

  it('has its logs, and those of nodes that have stopped, where it has failed', async () => {
    const out = join(folderOf('lab'), '..', 'out');
    await claim('lab', true);
    await writeFile(join(logFolderOf('lab'), 'kind.log'), 'it did not start');
    pretence.does(
      'kind',
      'case "$1" in export) mkdir -p "$3/node" && echo booted >"$3/node/serial.log"; exit 1 ;; *) echo "kind v0.33.0 go1.26 linux/amd64" ;; esac',
    );
    for (const _ of ['once', 'and over it']) {
      await kind.salvageLogs?.('lab', out, host);
      expect(await readdir(out)).to.have.members(['kind.log', 'node']);
    }
    pretence.does(
      'kind',
      'case "$1" in export) echo "unknown cluster" >&2; exit 1 ;; *) echo "kind v0.33.0 go1.26 linux/amd64" ;; esac',
    );
    const error = await errorOf(kind.salvageLogs?.('lab', join(out, 'again'), host) ?? Promise.resolve());
    expect(error).to.include({ code: 'no-logs', exitCode: exitCodes.environment });
    expect(error.message).to.contain('unknown cluster');
    expect(error.log).to.equal(join(out, 'again'));
    expect(await readdir(join(out, 'again'))).to.deep.equal(['kind.log']);
  });

  it('has its own logs, not those of another engine’s cluster of that name', async () => {
    const out = join(folderOf('lab'), '..', 'out');
    await claim('lab', true);
    await write('lab', newlyWritten({ keep: true, engineId: 'engine-0', made }));
    await writeFile(join(logFolderOf('lab'), 'kind.log'), 'it did not start');
    pretence.does('kind', 'mkdir -p "$3/node"');
    const error = await errorOf(kind.salvageLogs?.('lab', out, host) ?? Promise.resolve());
    expect(error).to.include({ code: 'no-logs', exitCode: exitCodes.environment });
    expect(error.next).to.contain('DOCKER_HOST');
    expect(await readdir(out)).to.deep.equal(['kind.log']);
  });

  it('is not waited for where the engine is silent', async () => {
    pretence.does('docker', 'sleep 60');
    expect(await errorOf(engine(['ps'], 100))).to.include({ code: 'engine-silent', exitCode: exitCodes.environment });
  });
});
