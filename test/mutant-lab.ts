import local from '../clusters/local/index.ts';
import { referenceRunning } from '../controllers/reference/index.ts';
import { createKube } from '../src/kube/create-kube.ts';
import type { Cluster, ClusterHost } from '../src/model/cluster.ts';
import type { Controller } from '../src/model/controller.ts';
import { type KubernetesObject, ownedLabel } from '../src/model/kubernetes.ts';
import { silentProgress } from '../src/model/progress.ts';
import type { Report } from '../src/model/report.ts';
import type { Suite } from '../src/run/catalogue.ts';
import { runConformance } from '../src/run/conformance.ts';
import { removeOwned } from '../src/run/owned.ts';
import { select } from '../src/run/plan.ts';
import type { Mutant } from './mutant.ts';

const namespace = 'ingress-assay';

/** The reference with a mutant's fault, as a controller of the catalogue would be. */
export function mutantController({ name, install = (object) => object }: Mutant, place: Place): Controller {
  const running = referenceRunning(['test/run-mutant.ts', `test/mutants/${name}.ts`], {
    name,
    title: name,
    ...(place === 'beside' && { ingressClass: name, front: false }),
  });
  return { ...running, manifests: async (settings) => (await running.manifests(settings)).map(install) };
}

/** Where a controller is tried: in the story, behind the front Service that only one can have, or beside others with a class of its own. */
export type Place = 'story' | 'beside';

/** One cluster on which many controllers are tried. */
export interface MutantLab extends AsyncDisposable {
  /** Runs checks against a controller alone, behind the front Service, once what ran before is gone. */
  tell(controller: Controller, checks: readonly string[]): Promise<Report>;
  /** Runs checks of areas without a story against a controller in namespaces of its own, while others are tried. */
  place(controller: Controller, checks: readonly string[]): Promise<Report>;
}

/** Opens a lab on a fresh local cluster of three nodes, of which one can go down. */
export async function openMutantLab(
  suites: readonly Suite[],
  host: ClusterHost,
  logFolder: string,
): Promise<MutantLab> {
  const name = `mutants-${process.pid}`;
  const cluster = await local.create({ name, nodes: 3, keep: false, logFolder }, host);
  const kube = createKube(cluster.kubeconfig, cluster.failed);
  // To the run it is a cluster of its own, but one that survives it.
  const lent: Cluster = { ...cluster, [Symbol.asyncDispose]: async () => {} };

  async function run(controller: Controller, checks: readonly string[], within: string): Promise<Report> {
    const { report } = await runConformance(
      {
        controller,
        suites: select(suites, { checks }),
        providers: [{ ...local, create: async () => lent }],
        cluster: { provider: local.name, keep: false, logFolder },
        logFolder,
        bail: false,
        namespace: within,
        command: ['mutants', controller.name],
      },
      { ...host, progress: silentProgress },
      { verdict: () => {}, heading: () => {}, report: async () => {} },
    );
    return report;
  }

  return {
    async tell(controller, checks) {
      await removeOwned(kube);
      return run(controller, checks, namespace);
    },
    async place(controller, checks) {
      const own = `beside-${controller.name}`;
      try {
        return await run(controller, checks, own);
      } finally {
        await clear(controller, own);
      }
    },
    [Symbol.asyncDispose]: () => cluster[Symbol.asyncDispose](),
  };

  /** Takes away a controller's namespaces, and what it has beside them; none of it is awaited. */
  async function clear(controller: Controller, within: string): Promise<void> {
    const namespaces = await kube.list({ apiVersion: 'v1', kind: 'Namespace' }, { labels: { [ownedLabel]: 'true' } });
    const installed = await controller.manifests({ namespace: within, ingressClass: controller.ingressClass });
    await kube.remove([
      ...namespaces.filter(({ metadata }) => metadata.name.startsWith(within)).map(refOf),
      ...installed.filter(({ kind }) => kind === 'ClusterRoleBinding' || kind === 'IngressClass').map(refOf),
    ]);
  }
}

const refOf = ({ apiVersion, kind, metadata: { name, namespace: within } }: KubernetesObject) => ({
  apiVersion,
  kind,
  name,
  ...(within !== undefined && { namespace: within }),
});

/** Checks that judge no controller, and why: no mutant of one can fail them. */
export const judgesNoController: ReadonlyMap<string, string> = new Map([
  ['tutorial/backends-answer-by-address', 'asks the back-ends past the controller'],
  ['tutorial/backends-answer-by-name', 'asks the back-ends past the controller'],
  ['tutorial/default-back-end-answers-404', 'asks the back-end past the controller'],
  ['tutorial/bad-image-is-named', 'asks how the harness tells of a pod that cannot start'],
]);

/** Checks without a story that change what a cluster has only one of: never tried with two controllers at once. */
export const changesTheCluster = new Set(['class/default-class-is-served']);
