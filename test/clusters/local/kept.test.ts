import { fork } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, rmSync, statSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import local from '../../../clusters/local/index.ts';
import { clustersFolder, findKept } from '../../../clusters/local/kept/state.ts';
import type { Cluster, ClusterHost } from '../../../src/model/cluster.ts';
import { silentProgress } from '../../../src/model/progress.ts';
import { compiledModule } from '../../../src/paths.ts';
import { createToolchain } from '../../../src/toolchain/toolchain.ts';
import { findMember, membersOf, until, userNamespaceOf } from './traces.ts';

const { signal } = new AbortController();
const toolchain = createToolchain({ progress: silentProgress, signal });
const host: ClusterHost = { progress: silentProgress, signal, toolchain };
const make = (name: string): Promise<Cluster> =>
  local.create({ name, nodes: 1, keep: true, logFolder: join(tmpdir(), 'unused') }, host);

describe('kept local clusters', function () {
  this.timeout(180_000);
  const stateHome = process.env.XDG_STATE_HOME;

  before(async () => {
    process.env.XDG_STATE_HOME = await mkdtemp(join(tmpdir(), 'assay-kept-'));
    const clusters = await Promise.all([make('one'), make('two')]);
    for (const cluster of clusters) await cluster[Symbol.asyncDispose]();
  });
  after(async () => {
    for (const name of await local.list(host)) await local.remove(name, host);
    rmSync(process.env.XDG_STATE_HOME ?? '', { recursive: true });
    if (stateHome === undefined) delete process.env.XDG_STATE_HOME;
    else process.env.XDG_STATE_HOME = stateHome;
  });

  const pidOf = async (name: string): Promise<number> => {
    const phase = (await findKept(name))?.phase;
    return phase?.kind === 'running' ? phase.facts.pid : 0;
  };
  const failure = async (cluster: Cluster): Promise<Error> => {
    if (!cluster.failed.aborted) await new Promise((resolve) => cluster.failed.addEventListener('abort', resolve));
    return cluster.failed.reason;
  };

  it('live side by side, each with memory, nodes and a keeper', async () => {
    expect(await local.list(host)).to.deep.equal(['one', 'two']);
    for (const status of await local.status(host)) {
      expect(status).to.include({ state: 'running' });
      expect(status.nodes).to.deep.equal([{ name: 'node1', address: '172.18.0.2' }]);
      expect(status.processes.map(({ name }) => name)).to.include.members(['etcd', 'kubelet', 'coredns']);
      expect(Math.min(...status.processes.map(({ memoryMiB }) => memoryMiB))).to.be.at.least(0);
    }
  });

  it('let nobody else read the keys to them', () => {
    const folder = clustersFolder();
    expect(statSync(join(folder, 'one')).mode & 0o077).to.equal(0);
    expect(statSync(join(folder, 'one', 'kubeconfig')).mode & 0o077).to.equal(0);
  });

  it('are not made twice: the error names the one there is', async () => {
    await expectRejection(make('one'), /there is a local cluster "one" already/);
    const own = local.create({ name: 'one', nodes: 1, keep: false, logFolder: '' }, host);
    await expectRejection(own, /there is a local cluster "one" already/);
  });

  it('stay when one who attached leaves', async () => {
    const cluster = await local.attach('one', host);
    expect(cluster?.name).to.equal('one');
    await cluster?.[Symbol.asyncDispose]();
    expect(await local.list(host)).to.include('one');
  });

  it('keep no program of a harness that was killed', async () => {
    const namespace = userNamespaceOf(await pidOf('one'));
    const harness = fork(compiledModule('test/clusters/local/placer.ts'), ['one', '7654322']);
    await once(harness, 'message');
    await until(() => membersOf(namespace).includes('sleep 7654322') || undefined); // placed is a moment before it runs
    const size = membersOf(namespace).length;
    harness.kill('SIGKILL');
    await until(() => (membersOf(namespace).includes('sleep 7654322') ? undefined : true));
    // The sleeper, the program that put it there, and the two of the lifeline.
    await until(() => (membersOf(namespace).length <= size - 4 ? true : undefined));
    expect(await local.list(host)).to.include('one');
  });

  it('that fail tell those attached, stay written down with their logs, and make room for the next', async () => {
    await using cluster = await local.attach('one', host);
    const namespace = userNamespaceOf(await pidOf('one'));
    process.kill(await until(() => findMember(namespace, 'etcd')), 'SIGKILL');
    if (cluster === undefined) throw new Error('not there');
    expect((await failure(cluster)).message).to.match(/^the local cluster "one" has failed: etcd was ended by SIGKILL/);
    expect(membersOf(namespace)).to.deep.equal([]);
    const status = (await local.status(host)).find(({ name }) => name === 'one');
    expect(status).to.include({ state: 'failed', owner: 'nobody' });
    expect(readdirSync(status?.logFolder ?? '')).to.include('etcd.log');
    await expectRejection(local.attach('one', host), /has failed/);
    expect(await local.remove('one', host)).to.equal(true);
    expect(await local.remove('one', host)).to.equal(false);
  });

  it('whose keeper is killed end with it, and the next command sweeps up', async () => {
    await using cluster = await local.attach('two', host);
    const namespace = userNamespaceOf(await pidOf('two'));
    process.kill((await findKept('two'))?.keeper.pid ?? 0, 'SIGKILL');
    if (cluster === undefined) throw new Error('not there');
    expect((await failure(cluster)).message).to.match(/was removed, or its keeper killed/);
    await until(() => (membersOf(namespace).length === 0 ? true : undefined));
    expect(await local.list(host)).to.deep.equal([]);
    expect(readdirSync(clustersFolder())).to.deep.equal([]);
  });
});

async function expectRejection(promise: Promise<unknown>, message: RegExp): Promise<void> {
  const outcome = await promise.then(
    () => 'resolved',
    (error: Error) => error.message,
  );
  expect(outcome).to.match(message);
}
