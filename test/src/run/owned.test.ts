import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect } from 'chai';
import { environmentError, exitCodes } from '../../../src/model/errors.ts';
import { type KubernetesObject, ownedLabel } from '../../../src/model/kubernetes.ts';
import { keepAlive, runAnnotations, runThatGoesOn } from '../../../src/run/alive.ts';
import { owned, removeOwned } from '../../../src/run/owned.ts';
import { claimNamespace } from '../../../src/run/settle-in.ts';
import { errorOf } from '../error-of.ts';
import { type ApiServer, apiServer } from '../kube/api-server.ts';

const kind = { apiVersion: 'v1', kind: 'Namespace' };
const ingressClass = { apiVersion: 'networking.k8s.io/v1', kind: 'IngressClass' };
const webhook = { apiVersion: 'admissionregistration.k8s.io/v1', kind: 'ValidatingWebhookConfiguration' };
const role = { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'Role' };
const ofRun = (name: string, run: string): KubernetesObject =>
  owned({ ...kind, metadata: { name, annotations: { 'ingress-assay.dev/run': run } } });

/** What names a run of this machine, but for its process id. */
const here = runAnnotations['ingress-assay.dev/run'].replace(/\.\d+$/, '');

/** A process id that was somebody's and is nobody's any more. */
async function endedPid(): Promise<number> {
  const child = spawn('true');
  await once(child, 'exit');
  return child.pid ?? 0;
}

describe('what runs have left on a cluster', function () {
  this.timeout(0); // the first run may have to build the API server
  let api: ApiServer;
  before(async () => {
    api = await apiServer();
  });
  /** There is no controller here that would bring a deleted namespace to its end. */
  const isLeaving = async (name: string) =>
    (await api.kube.get({ ...kind, name }))?.metadata.deletionTimestamp !== undefined;
  const forget = (name: string) =>
    api.kube.patch([{ object: { ...kind, name }, patch: { metadata: { labels: { [ownedLabel]: null } } } }]);

  it('is removed where it has the label, and named; nothing else is touched', async () => {
    await api.kube.apply([
      ofRun('left-behind', `${here}.${await endedPid()}`),
      { ...kind, metadata: { name: 'somebodys' } },
      owned({ ...ingressClass, metadata: { name: 'ours' }, spec: { controller: 'example.org/ours' } }),
      { ...ingressClass, metadata: { name: 'theirs' }, spec: { controller: 'example.org/theirs' } },
      owned({ ...webhook, metadata: { name: 'ours' } }),
      owned({ ...role, metadata: { name: 'ours', namespace: 'somebodys' } }),
    ]);
    const removed = await removeOwned(api.kube, { wait: false });
    expect(removed.map(({ name }) => name)).to.include.members(['left-behind', 'ours']);
    expect(removed.map(({ name }) => name)).to.not.include.members(['somebodys', 'theirs']);
    expect(await isLeaving('left-behind')).to.equal(true);
    expect(await isLeaving('somebodys')).to.equal(false);
    for (const gone of [ingressClass, webhook, { ...role, namespace: 'somebodys' }])
      expect(await api.kube.get({ ...gone, name: 'ours' })).to.equal(undefined);
    expect(await api.kube.get({ ...ingressClass, name: 'theirs' })).to.not.equal(undefined);
    await forget('left-behind');
    await api.kube.remove([{ ...ingressClass, name: 'theirs' }]);
  });

  it('stays where the process that made it still runs here', async () => {
    const child = spawn('sleep', ['600']);
    try {
      await api.kube.apply([ofRun('in-use', `${here}.${child.pid}`)]);
      const error = await errorOf(removeOwned(api.kube, { wait: false }));
      expect(error).to.include({ code: 'cluster-in-use', exitCode: exitCodes.environment });
      expect(await isLeaving('in-use')).to.equal(false);
    } finally {
      child.kill('SIGKILL');
      await forget('in-use');
    }
  });

  it('is not taken over by a run that begins in the same moment, in the same namespace or in another', async () => {
    const child = spawn('sleep', ['600']);
    const other = `${here}.${child.pid}`;
    try {
      for (const [theirs, wanted] of [
        ['at-once', 'at-once'],
        ['at-once-too', 'at-once-beside'],
      ] as const) {
        await api.kube.create(ofRun(theirs, other));
        const error = await errorOf(claimNamespace(api.kube, api.kubeconfig, wanted));
        expect(error).to.include({ code: 'cluster-in-use', exitCode: exitCodes.environment });
        const namespace = await api.kube.get({ ...kind, name: theirs });
        expect(namespace?.metadata.annotations).to.include({ 'ingress-assay.dev/run': other });
        expect(await isLeaving(theirs)).to.equal(false);
        if (wanted !== theirs) expect(await isLeaving(wanted)).to.equal(true);
        await forget(theirs);
      }
    } finally {
      child.kill('SIGKILL');
      await forget('at-once-beside');
    }
  });

  it('is claimed once, and says so until the claim ends', async () => {
    {
      await using _claim = await claimNamespace(api.kube, api.kubeconfig, 'claimed');
      const namespace = await api.kube.get({ ...kind, name: 'claimed' });
      expect(namespace?.metadata.annotations).to.include(runAnnotations);
      expect(namespace?.metadata.labels).to.include({ [ownedLabel]: 'true' });
      const beat = ([found]: readonly KubernetesObject[]) => found?.metadata.annotations?.['ingress-assay.dev/beat'];
      await api.kube.waitFor(kind, { name: 'claimed' }, beat, 'a sign of life');
      const again = claimNamespace(api.kube, api.kubeconfig, 'claimed');
      expect(await errorOf(again)).to.include({ code: 'object-exists', exitCode: exitCodes.environment });
    }
    await forget('claimed');
  });

  it('belongs to a run elsewhere that goes on if it is seen to write, and to nobody if it falls silent', async () => {
    const namespace = ofRun('far-away', 'another-machine.4711');
    await api.kube.apply([namespace]);
    const seen = async () => {
      const object = await api.kube.get({ ...kind, name: 'far-away' });
      return runThatGoesOn(api.kube, object ? [object] : [], { beatMs: 200 });
    };
    expect(await seen()).to.equal(undefined);
    const object = await api.kube.get({ ...kind, name: 'far-away' });
    if (object === undefined) throw environmentError('test', 'the namespace is gone');
    const watching = runThatGoesOn(api.kube, [object], { beatMs: 2_000 });
    {
      await using _alive = keepAlive(api.kubeconfig, 'far-away');
      expect(await watching).to.equal('another-machine.4711');
    }
    expect(await seen()).to.equal(undefined);
    await forget('far-away');
  });

  it('is in use where another run begins while one looks whether the last has ended', async () => {
    const [left, begun] = [ofRun('left-far-away', 'another-machine.4711'), ofRun('begun', 'a-third.4712')];
    await api.kube.apply([left]);
    const object = await api.kube.get({ ...kind, name: 'left-far-away' });
    const watching = runThatGoesOn(api.kube, object ? [object] : [], { beatMs: 400 });
    await api.kube.create(begun);
    expect(await watching).to.equal('a-third.4712');
    for (const name of ['left-far-away', 'begun']) await forget(name);
  });
});
