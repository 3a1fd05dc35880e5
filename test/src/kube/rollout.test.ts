import { expect } from 'chai';
import type { KubernetesObject } from '../../../src/model/kubernetes.ts';
import { errorOf } from '../error-of.ts';
import { type ApiServer, apiServer } from './api-server.ts';
import { deployment, pod, writeStatus } from './objects.ts';

const ownedBy = (owner: object, object: KubernetesObject): KubernetesObject => ({
  ...object,
  metadata: { ...object.metadata, ownerReferences: [owner] },
});

const revision = 'deployment.kubernetes.io/revision';

describe('a rollout', function () {
  this.timeout(0); // the first run may have to build the API server
  let api: ApiServer;
  const namespace = 'rollout-test';

  before(async () => {
    api = await apiServer();
    await api.kube.apply([{ apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } }]);
  });

  /** Writes what the Deployment controller would: the revision, a ReplicaSet for it, and that the spec was observed. */
  async function observe(name: string, number: number, image: string, status: object = {}): Promise<KubernetesObject> {
    const object = deployment(namespace, name, image);
    const annotations = { [revision]: String(number) };
    await api.kube.apply([{ ...object, metadata: { ...object.metadata, annotations } }]);
    const made = await api.kube.get({ apiVersion: 'apps/v1', kind: 'Deployment', namespace, name });
    if (!made) throw new Error(`no ${name}`);
    const hash = { 'pod-template-hash': `${name}-${number}` };
    const { template } = object.spec;
    await api.kube.apply([
      {
        apiVersion: 'apps/v1',
        kind: 'ReplicaSet',
        metadata: {
          name: `${name}-${number}`,
          namespace,
          annotations,
          labels: { app: name, ...hash },
          ownerReferences: [{ apiVersion: 'apps/v1', kind: 'Deployment', name, uid: made.metadata.uid }],
        },
        spec: {
          replicas: 1,
          selector: { matchLabels: { app: name, ...hash } },
          template: { ...template, metadata: { labels: { app: name, ...hash } } },
        },
      },
    ]);
    const set = { apiVersion: 'apps/v1', kind: 'ReplicaSet', name: `${name}-${number}` };
    const uid = (await api.kube.get({ ...set, namespace }))?.metadata.uid;
    await api.kube.apply([
      ownedBy({ ...set, uid }, pod(namespace, `${name}-${number}-x`, { app: name, ...hash }, image)),
    ]);
    await writeStatus(api, made, { observedGeneration: made.metadata.generation, ...status });
    return made;
  }

  const pullFails = (podName: string, image: string) =>
    writeStatus(api, pod(namespace, podName, {}), {
      phase: 'Pending',
      containerStatuses: [
        {
          name: 'web',
          image,
          imageID: '',
          ready: false,
          restartCount: 0,
          state: { waiting: { reason: 'ImagePullBackOff', message: `Back-off pulling image "${image}"` } },
        },
      ],
    });

  const rolledOut = { replicas: 1, updatedReplicas: 1, readyReplicas: 1, availableReplicas: 1 };

  it('is over once the newest revision is all there is and available', async () => {
    const made = await observe('fine', 1, 'node');
    const waiting = api.kube.rollout(namespace, ['fine']);
    await writeStatus(api, made, { observedGeneration: made.metadata.generation, ...rolledOut });
    await waiting;
  });

  it('names pod, reason and image of a pod whose image cannot be pulled, long before the time-out', async () => {
    await observe('bad', 1, 'nginx:nope');
    const waiting = errorOf(api.kube.rollout(namespace, ['bad'], { timeoutMs: 600_000 }));
    await pullFails('bad-1-x', 'nginx:nope');
    const error = await waiting;
    expect([error.code, error.exitCode]).to.deep.equal(['pod-cannot-start', 3]);
    expect(error.message).to.contain(`pod ${namespace}/bad-1-x: ImagePullBackOff in container web, image nginx:nope`);
    expect(error.next).to.equal(`kubectl -n ${namespace} describe pod bad-1-x`);
  });

  it('does not hold a pod of an old revision against a new one', async () => {
    await observe('mended', 1, 'nginx:nope');
    await pullFails('mended-1-x', 'nginx:nope');
    const made = await observe('mended', 2, 'node', rolledOut);
    expect(made.metadata.annotations?.[revision]).to.equal('2');
    await api.kube.rollout(namespace, ['mended']);
  });

  it('says why a Deployment cannot make pods at all', async () => {
    const message = 'pods "x" is forbidden: exceeded quota';
    await observe('denied', 1, 'node', {
      conditions: [{ type: 'ReplicaFailure', status: 'True', reason: 'FailedCreate', message }],
    });
    const error = await errorOf(api.kube.rollout(namespace, ['denied'], { timeoutMs: 600_000 }));
    expect(error.message).to.equal(`Deployment ${namespace}/denied cannot make its pods: ${message}`);
  });

  it('explains every pod that is not Ready when time is up', async () => {
    await observe('slow', 1, 'node');
    const error = await errorOf(api.kube.rollout(namespace, ['slow'], { timeoutMs: 300 }));
    expect(error.code).to.equal('rollout-timeout');
    expect(error.message).to.match(/slow has 0 of 1 pods available\npod rollout-test\/slow-1-x: NotReady/);
  });

  it('says at once that there is no such Deployment', async () => {
    const error = await errorOf(api.kube.rollout(namespace, ['none']));
    expect(error.message).to.equal(`there is no Deployment ${namespace}/none to roll out`);
  });

  for (const [kind, partly, whole] of [
    [
      'DaemonSet',
      { desiredNumberScheduled: 2, currentNumberScheduled: 2, numberMisscheduled: 0, numberReady: 0 },
      { updatedNumberScheduled: 2, numberReady: 2, numberAvailable: 2 },
    ],
    ['StatefulSet', { replicas: 1, updatedReplicas: 1 }, { readyReplicas: 1, availableReplicas: 1 }],
  ] as const) {
    const ofKind = { apiVersion: 'apps/v1', kind };
    /** A workload of that kind with a pod of its own, as its controller has it while the pod starts. */
    async function begun(name: string): Promise<KubernetesObject> {
      const { replicas: _, ...spec } = deployment(namespace, name).spec;
      await api.kube.apply([{ ...ofKind, metadata: { name, namespace }, spec }]);
      const made = await api.kube.get({ ...ofKind, namespace, name });
      if (!made) throw new Error(`no ${name}`);
      const owner = { ...ofKind, name, uid: made.metadata.uid };
      await api.kube.apply([ownedBy(owner, pod(namespace, `${name}-x`, { app: name }, 'nginx:nope'))]);
      await writeStatus(api, made, { observedGeneration: made.metadata.generation, ...partly });
      return made;
    }

    it(`of a ${kind} is over once all of its pods are available`, async () => {
      const name = `fine-${kind.toLowerCase()}`;
      const made = await begun(name);
      const early = await errorOf(api.kube.rollout(namespace, [name], { kind, timeoutMs: 300 }));
      expect(early.code).to.equal('rollout-timeout');
      const waiting = api.kube.rollout(namespace, [name], { kind });
      await writeStatus(api, made, { observedGeneration: made.metadata.generation, ...partly, ...whole });
      await waiting;
    });

    it(`of a ${kind} ends with the pod of its own that cannot start`, async () => {
      const name = `bad-${kind.toLowerCase()}`;
      await begun(name);
      const waiting = errorOf(api.kube.rollout(namespace, [name], { kind, timeoutMs: 600_000 }));
      await pullFails(`${name}-x`, 'nginx:nope');
      expect(await waiting).to.include({ code: 'pod-cannot-start', exitCode: 3 });
    });
  }
});
