import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { compiledModule } from '../../../src/paths.ts';
import { findMember, machineTraces, membersOf, namespacesBelow, until } from './traces.ts';

describe('a local cluster leaves nothing behind', function () {
  this.timeout(180_000);
  let folder: string;
  let before: ReturnType<typeof machineTraces>;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'assay-leaves-nothing-'));
    for (const name of ['tmp', 'state', 'logs']) mkdirSync(join(folder, name));
    before = machineTraces();
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  /** Runs an owner up to `stage`; its namespaces' name, taken while they live, outlasts them. */
  async function startOwner(stage: 'starting' | 'ready'): Promise<{ owner: ChildProcess; namespace: string }> {
    const env = { ...process.env, TMPDIR: join(folder, 'tmp'), XDG_STATE_HOME: join(folder, 'state') };
    // A group of its own, as a terminal gives each command.
    const owner = fork(compiledModule('test/clusters/local/owner.ts'), ['ended', join(folder, 'logs')], {
      env,
      detached: true,
    });
    const [said] = await once(owner, 'message');
    expect(said).to.equal('starting');
    const namespace = await until(() => namespacesBelow(owner.pid ?? 0)[0]);
    if (stage === 'ready') expect(await once(owner, 'message')).to.deep.equal(['ready', undefined]);
    return { owner, namespace };
  }

  /** Waits for the kernel to have ended it all, and looks at what is left. */
  async function expectNothing(namespace: string): Promise<void> {
    await until(() => (membersOf(namespace).length === 0 ? true : undefined));
    expect(machineTraces()).to.deep.equal(before);
    expect(readdirSync(join(folder, 'tmp')), 'temporary files').to.deep.equal([]);
    expect(readdirSync(join(folder, 'state')), 'state').to.deep.equal([]);
  }

  it('after success, all of it gone before disposing returns', async () => {
    const { owner, namespace } = await startOwner('ready');
    expect(membersOf(namespace).join('\n'))
      .to.match(/kube-apiserver/)
      .and.match(/kubelet/);
    owner.send('done');
    expect(await once(owner, 'exit')).to.deep.equal([0, null]);
    expect(membersOf(namespace)).to.deep.equal([]);
    await expectNothing(namespace);
  });

  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    it(`after ${signal} to the whole group, in order`, async () => {
      const { owner, namespace } = await startOwner('ready');
      process.kill(-(owner.pid ?? 0), signal);
      expect(await once(owner, 'exit')).to.deep.equal([130, null]);
      await expectNothing(namespace);
    });

  it('after SIGINT while it starts', async () => {
    const { owner, namespace } = await startOwner('starting');
    process.kill(-(owner.pid ?? 0), 'SIGINT');
    expect(await once(owner, 'exit')).to.deep.equal([130, null]);
    await expectNothing(namespace);
  });

  for (const stage of ['starting', 'ready'] as const)
    it(`after kill -9 of its owner when ${stage}`, async () => {
      const { owner, namespace } = await startOwner(stage);
      owner.kill('SIGKILL');
      await expectNothing(namespace);
    });

  it('after it failed, and its logs say what of', async () => {
    const { owner, namespace } = await startOwner('ready');
    const scheduler = await until(() => findMember(namespace, 'kube-scheduler'));
    process.kill(scheduler, 'SIGKILL');
    const [reason] = await once(owner, 'message');
    expect(reason).to.match(/^kube-scheduler was ended by SIGKILL after/);
    await once(owner, 'exit');
    await expectNothing(namespace);
    expect(readdirSync(join(folder, 'logs'))).to.include.members(['kube-scheduler.log', 'etcd.log', 'pods']);
    expect(readdirSync(join(folder, 'logs', 'pods', 'node1')).join()).to.match(/kube-system_coredns/);
  });
});
