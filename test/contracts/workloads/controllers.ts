import { expect } from 'chai';
import type { KubernetesObject } from '../../../src/model/kubernetes.ts';
import { printed } from './observe.ts';
import { type Claims, container, idle, pod, podKind, print, serve, type Workbench } from './workbench.ts';

const job = (name: string, program: string, spec: object): KubernetesObject => ({
  apiVersion: 'batch/v1',
  kind: 'Job',
  metadata: { name },
  spec: { ...spec, template: { spec: { restartPolicy: 'Never', containers: [container(program)] } } },
});

const deployment = (name: string, replicas: number, main: object): KubernetesObject => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name },
  spec: {
    replicas,
    selector: { matchLabels: { app: name } },
    template: {
      metadata: { labels: { app: name } },
      spec: { terminationGracePeriodSeconds: 5, containers: [main] },
    },
  },
});

const condition = (bench: Workbench, name: string, type: string) =>
  bench.kube.waitFor(
    { apiVersion: 'batch/v1', kind: 'Job' },
    { namespace: bench.namespace, name },
    ([one]) =>
      one?.status?.conditions?.some(
        (seen: { type: string; status: string }) => seen.type === type && seen.status === 'True',
      )
        ? one
        : undefined,
    `Job ${name} to be ${type}`,
  );

/** Names of the network interfaces of the node, seen by a pod that uses its network. */
async function links(bench: Workbench, name: string): Promise<readonly string[]> {
  const looking = pod(
    name,
    print(`require('fs').readdirSync('/proc/sys/net/ipv4/conf').sort()`),
    {},
    { hostNetwork: true },
  );
  await bench.kube.apply([{ ...looking, metadata: { ...looking.metadata, namespace: bench.namespace } }]);
  return printed(bench, name);
}

export const controllers: Claims = (bench, given) => {
  describe('controllers', () => {
    const inNamespace = (object: KubernetesObject): KubernetesObject => ({
      ...object,
      metadata: { ...object.metadata, namespace: bench.namespace },
    });
    given(
      job('job-completes', 'console.log("done")', { completions: 3, parallelism: 2 }),
      job('job-fails', 'process.exit(1)', { backoffLimit: 0 }),
    );

    it('complete a Job once all its pods have', async () => {
      const { status } = await condition(bench, 'job-completes', 'Complete');
      expect(status.succeeded).to.equal(3);
    });

    it('fail a Job whose pods fail', async () => {
      const { status } = await condition(bench, 'job-fails', 'Failed');
      expect(status.failed).to.equal(1);
    });

    it('replace the pods of a Deployment by those of its new template', async () => {
      const probe = { readinessProbe: { httpGet: { port: 8080 }, periodSeconds: 1 } };
      const version = (value: string) =>
        inNamespace(deployment('rolls', 2, container(serve(8080), { env: [{ name: 'VERSION', value }], ...probe })));
      await bench.kube.apply([version('one')]);
      await bench.kube.rollout(bench.namespace, ['rolls']);
      await bench.kube.apply([version('two')]);
      await bench.kube.rollout(bench.namespace, ['rolls']);
      const left = await bench.kube.waitFor(
        podKind,
        { namespace: bench.namespace, labels: { app: 'rolls' } },
        (pods) => (pods.length === 2 ? pods : undefined),
        'the old pods to be gone',
      );
      expect(left.map(({ spec }) => spec.containers[0].env[0].value)).to.deep.equal(['two', 'two']);
    });

    it('start 50 pods and stop them, leaving nothing', async function () {
      this.timeout(300_000);
      const before = await links(bench, 'links-before');
      const many = inNamespace(deployment('many', 50, container(idle)));
      await bench.kube.apply([many]);
      await bench.kube.rollout(bench.namespace, ['many']);
      const pods = await bench.kube.list(podKind, { namespace: bench.namespace, labels: { app: 'many' } });
      expect(new Set(pods.map(({ status }) => status.podIP)).size).to.equal(50);
      await bench.kube.remove([
        { ...podKind, apiVersion: 'apps/v1', kind: 'Deployment', name: 'many', namespace: bench.namespace },
      ]);
      const none = (left: readonly unknown[]) => left.length === 0 || undefined;
      await bench.kube.waitFor(
        podKind,
        { namespace: bench.namespace, labels: { app: 'many' } },
        none,
        'all 50 to be gone',
      );
      for (let tries = 1; ; tries += 1) {
        const after = await links(bench, `links-after-${tries}`);
        if (after.filter((name) => !before.includes(name)).length === 0) break; // the kernel takes links away in its own time
      }
    });
  });
};
