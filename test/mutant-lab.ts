import local from '../clusters/local/index.ts';
import reference, { referenceRunning } from '../controllers/reference/index.ts';
import type { Area } from '../src/kit/check.ts';
import { frontService } from '../src/kit/front-service.ts';
import { createKube } from '../src/kube/create-kube.ts';
import type { Cluster, ClusterHost } from '../src/model/cluster.ts';
import type { Controller } from '../src/model/controller.ts';
import { silentProgress } from '../src/model/progress.ts';
import type { Report } from '../src/model/report.ts';
import type { Suite } from '../src/run/catalogue.ts';
import { runConformance } from '../src/run/conformance.ts';
import { select } from '../src/run/plan.ts';
import type { Mutant } from './mutant.ts';

const namespace = 'ingress-assay';

/** The reference with a mutant's fault, as a controller of the catalogue would be. */
export function mutantController({ name, install = (object) => object }: Mutant): Controller {
  const modules = ['test/run-mutant.ts', `test/mutants/${name}.ts`];
  const running = referenceRunning(modules, { name, title: name, ingressClass: name });
  return { ...running, manifests: async (settings) => (await running.manifests(settings)).map(install) };
}

/** One cluster on which one controller after the other is tried. */
export interface MutantLab extends AsyncDisposable {
  /** Runs checks against a controller, with the back-ends of the run before but without its Ingresses. */
  try(controller: Controller, checks: readonly string[]): Promise<Report>;
}

/** Opens a lab on a fresh local cluster of two nodes. */
export async function openMutantLab(
  suites: readonly Suite[],
  host: ClusterHost,
  logFolder: string,
): Promise<MutantLab> {
  const name = `mutants-${process.pid}`;
  const cluster = await local.create({ name, nodes: 2, keep: false, logFolder }, host);
  const kube = createKube(cluster.kubeconfig, cluster.failed);
  // To the run it is a cluster of its own, but one that survives it: what the next run would make again, it finds.
  const lent: Cluster = { ...cluster, [Symbol.asyncDispose]: async () => {} };

  return {
    async try(controller, checks) {
      await clear();
      const { report } = await runConformance(
        {
          controller,
          suites: select(suites, { checks }),
          providers: [{ ...local, create: async () => lent }],
          cluster: { provider: local.name, keep: false, logFolder },
          logFolder,
          bail: false,
          command: ['mutants', controller.name],
        },
        { ...host, progress: silentProgress },
        { verdict: () => {}, heading: () => {}, report: async () => {} },
      );
      return report;
    },
    [Symbol.asyncDispose]: () => cluster[Symbol.asyncDispose](),
  };

  /** Takes away the controller of the run before and the rules it served. */
  async function clear(): Promise<void> {
    const ingresses = await kube.list({ apiVersion: 'networking.k8s.io/v1', kind: 'Ingress' });
    const refs = ingresses.map(({ apiVersion, kind, metadata }) => ({
      apiVersion,
      kind,
      namespace: metadata.namespace ?? '',
      name: metadata.name,
    }));
    await kube.remove(
      [
        ...refs,
        { apiVersion: 'v1', kind: 'Service', namespace, name: frontService.name },
        { apiVersion: 'apps/v1', kind: 'Deployment', namespace, name: 'nginx-ingress-controller' },
      ],
      { wait: true },
    );
    await kube.waitFor(
      { apiVersion: 'v1', kind: 'Pod' },
      { namespace, labels: reference.podLabels },
      (pods) => (pods.length === 0 ? true : undefined),
      'the pods of the controller before to be gone',
    );
  }
}

/** Checks that judge no controller: they hold past it, or ask how the harness itself tells of a fault. */
export const judgesNoController = new Set([
  'tutorial/backends-answer-by-address',
  'tutorial/backends-answer-by-name',
  'tutorial/default-back-end-answers-404',
  'tutorial/bad-image-is-named',
]);

/** The area of the story that mutants are told. */
export const isTold = ({ name }: Area): boolean => name === 'tutorial';
