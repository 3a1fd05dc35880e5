import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as pause } from 'node:timers/promises';
import { expect } from 'chai';
import { nodeContainers } from '../../../clusters/kind/containers.ts';
import kind from '../../../clusters/kind/index.ts';
import { remove } from '../../../clusters/kind/remove.ts';
import { claim, kindNameOf, read, write } from '../../../clusters/kind/state.ts';
import { createKube } from '../../../src/kube/create-kube.ts';
import type { Cluster, ClusterHost } from '../../../src/model/cluster.ts';
import { silentProgress } from '../../../src/model/progress.ts';
import { createToolchain } from '../../../src/toolchain/toolchain.ts';
import { needEngine } from './docker.ts';

const { signal } = new AbortController();
const host: ClusterHost = {
  progress: silentProgress,
  signal,
  toolchain: createToolchain({ progress: silentProgress, signal }),
};
const configFile = join(import.meta.dirname, '../../../../test/clusters/kind/one-node.yaml');

describe('a kind cluster', function () {
  this.timeout(300_000);
  const name = `test-${process.pid}`;
  const options = { name, nodes: 3, keep: true, logFolder: '', flags: { 'kind-config': configFile } };
  const stateHome = process.env.XDG_STATE_HOME;
  let folder = '';
  let cluster: Cluster | undefined;
  const made = () => {
    if (cluster === undefined) throw new Error('there is no cluster');
    return cluster;
  };
  const failure = (work: Promise<unknown>) => work.catch((thrown: unknown) => thrown);

  before(async function () {
    await needEngine(this);
    folder = await mkdtemp(join(tmpdir(), 'assay-kind-'));
    process.env.XDG_STATE_HOME = folder;
    cluster = await kind.create(options, host);
  });
  after(async () => {
    if (folder === '') return;
    await cluster?.[Symbol.asyncDispose]();
    await remove(name, host);
    if (stateHome === undefined) delete process.env.XDG_STATE_HOME;
    else process.env.XDG_STATE_HOME = stateHome;
    await rm(folder, { recursive: true });
  });

  it('has a client outside that reaches its node, from an address of its own', async () => {
    const [node] = made().nodes;
    const script = `const s = require('net').connect(6443, '${node?.address}', () => { console.log(s.localAddress); s.end(); })`;
    await using program = await made().start({ kind: 'external' }, ['node', '-e', script]);
    const address = (await text(program.stdout)).trim();
    expect(address).to.match(/^\d+\.\d+\.\d+\.\d+$/);
    expect(made().nodes.map((each) => each.address)).to.not.include(address);
    expect(await program.exited).to.deep.equal({ code: 0, signal: null });
  });

  it('answers on this machine at the ports that its configuration maps', async () => {
    const kube = createKube(made().kubeconfig);
    const [labels, namespace] = [{ app: 'web' }, 'default'];
    const answer = 'require("http").createServer((_, answer) => answer.end("from a pod")).listen(80)';
    const containers = [{ name: 'web', image: 'node:20-slim', command: ['node', '-e', answer] }];
    const ports = [{ port: 80, nodePort: 30_000 }];
    await made().bringImages?.(['node:20-slim']);
    await kube.apply([
      { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'web', namespace, labels }, spec: { containers } },
      {
        apiVersion: 'v1',
        kind: 'Service',
        metadata: { name: 'web', namespace },
        spec: { type: 'NodePort', selector: labels, ports },
      },
    ]);
    const page = () =>
      fetch('http://127.0.0.1:31000/', { signal: AbortSignal.timeout(5000) }).then((response) => response.text());
    const giveUpAt = performance.now() + 60_000;
    let seen = '';
    while (seen !== 'from a pod' && performance.now() < giveUpAt) seen = await page().catch(() => pause(100, ''));
    expect(seen).to.equal('from a pod');
  });

  it('has the capabilities of a cluster of one node, all of which kind offers', () => {
    expect(made().capabilities).to.have.members(['externalIPs', 'ownCluster', 'clientAddress']);
    expect(kind.offers).to.include.keys(made().capabilities);
  });

  it('is found again under its name, and of that name there is only one', async () => {
    await using again = await kind.attach(name, host);
    expect(again?.nodes).to.deep.equal(made().nodes);
    expect(await kind.list(host)).to.include(name);
    expect(await failure(kind.create(options, host))).to.include({ code: 'cluster-exists', exitCode: 2 });
  });

  it('names an image that cannot be had, with the command to get it', async () => {
    const image = 'localhost:1/no-such-image:never';
    const error = await failure(made().bringImages?.([image]) ?? Promise.resolve());
    expect(error).to.include({ code: 'image-missing', exitCode: 3 });
    expect(error).to.have.property('next').that.contains(`pull ${image}`);
  });

  it('goes on without a node that is stopped on purpose, which starts again', async () => {
    const node = made().nodes[0]?.name ?? '';
    const state = async () => (await nodeContainers(kindNameOf(name)))[0]?.state;
    {
      await using _stopped = await made().stopNode?.(node);
      expect(await state()).to.equal('exited');
    }
    expect(await state()).to.equal('running');
    expect(made().failed.aborted).to.equal(false);
    expect(await failure(made().stopNode?.('no-such-node') ?? Promise.resolve())).to.include({
      code: 'node-not-stopped',
    });
  });

  it('is left alone where it is not ours: neither joined, nor made anew, nor removed', async () => {
    const written = await read(name);
    if (written === undefined) throw new Error('nothing is written down');
    const foreign = { ...written, made: { kubernetes: '', kind: '', containers: ['another'] } };
    await write(name, foreign);
    expect(await remove(name, host)).to.equal(true); // what was written down
    expect(await kind.attach(name, host)).to.equal(undefined);
    expect(await failure(kind.create(options, host))).to.include({ code: 'foreign-cluster', exitCode: 3 });
    expect(await remove(name, host)).to.equal(false);
    expect(await nodeContainers(kindNameOf(name))).to.have.length(1);
    await claim(name, true);
    await write(name, written);
  });
});
