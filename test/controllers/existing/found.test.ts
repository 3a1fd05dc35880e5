import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import local from '../../../clusters/local/index.ts';
import existing from '../../../controllers/existing.ts';
import reference from '../../../controllers/reference/index.ts';
import { createKube } from '../../../src/kube/create-kube.ts';
import type { Kube } from '../../../src/kube/kube.ts';
import { type Cluster, type ClusterHost, defineCluster } from '../../../src/model/cluster.ts';
import type { Controller } from '../../../src/model/controller.ts';
import { exitCodes } from '../../../src/model/errors.ts';
import { silentProgress } from '../../../src/model/progress.ts';
import type { Report } from '../../../src/model/report.ts';
import { exitCodeOf } from '../../../src/model/summary.ts';
import { readSuites } from '../../../src/run/catalogue.ts';
import { runConformance } from '../../../src/run/conformance.ts';
import { findFront } from '../../../src/run/find-front.ts';
import { select } from '../../../src/run/plan.ts';
import { createToolchain } from '../../../src/toolchain/toolchain.ts';

const { signal } = new AbortController();
const host: ClusterHost = {
  progress: silentProgress,
  signal,
  toolchain: createToolchain({ progress: silentProgress, signal }),
};
const kinds = [
  ['v1', 'Namespace'],
  ['networking.k8s.io/v1', 'IngressClass'],
  ['rbac.authorization.k8s.io/v1', 'ClusterRole'],
] as const;

describe('a controller that is there before the run', function () {
  this.timeout(180_000);
  let folder: string;
  let cluster: Cluster;
  let kube: Kube;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'assay-found-'));
    cluster = await local.create({ name: `found-${process.pid}`, nodes: 2, keep: false, logFolder: folder }, host);
    kube = createKube(cluster.kubeconfig, cluster.failed);
    const manifests = await reference.manifests({ namespace: 'edge', ingressClass: 'public' });
    const installed = manifests.map((object) => {
      if (object.kind !== 'Service') return object;
      // As somebody else would name it, at ports that the API has chosen.
      const ports = object.spec.ports.map(({ nodePort: _, ...port }: { nodePort: number }) => port);
      return { ...object, metadata: { name: 'front-door' }, spec: { ...object.spec, ports } };
    });
    const edge = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'edge' } };
    await kube.apply([edge, ...(await kube.inNamespace(installed, 'edge'))]);
    const deployments = manifests.filter(({ kind }) => kind === 'Deployment').map(({ metadata }) => metadata.name);
    await kube.rollout('edge', deployments);
  });
  after(async () => {
    await cluster[Symbol.asyncDispose]();
    await rm(folder, { recursive: true });
  });

  /** Runs these checks on the cluster, which is somebody's, and returns the report. */
  async function run(
    controller: Controller,
    checks: readonly string[],
    differing: Partial<Cluster> = {},
  ): Promise<Report> {
    const somebodys: Cluster = { ...cluster, ...differing, async [Symbol.asyncDispose]() {} };
    const provider = defineCluster({ ...local, joins: true, create: async () => somebodys });
    const { report } = await runConformance(
      {
        controller,
        suites: select(await readSuites(), { checks }),
        providers: [provider],
        cluster: { provider: provider.name, keep: false, logFolder: join(folder, 'cluster') },
        logFolder: folder,
        bail: false,
        command: [],
      },
      host,
      { heading: () => {}, verdict: () => {}, report: async () => {} },
    );
    return report;
  }
  const everything = async (): Promise<readonly string[]> => {
    const lists = await Promise.all(kinds.map(([apiVersion, kind]) => kube.list({ apiVersion, kind })));
    return lists
      .flat()
      .filter(({ metadata }) => metadata.deletionTimestamp === undefined)
      .map(({ kind, metadata }) => `${kind} ${metadata.name} ${metadata.generation ?? ''}`);
  };

  it('is found by its class and tried from a pod and from outside; what needs more is unsupported; nothing is left', async () => {
    const before = await everything();
    const report = await run({ ...existing, ingressClass: 'public' }, [
      'path/prefix-takes-all-below',
      'class/status-names-an-address',
      'class/default-class-is-served',
      'class/annotation-is-honoured',
      'path/implementation-specific-pattern',
    ]);
    expect(report.run.problem).to.equal(undefined);
    expect(Object.fromEntries(report.checks.map(({ id, verdict }) => [id, verdict.kind]))).to.deep.equal({
      'path/prefix-takes-all-below': 'passed',
      'class/status-names-an-address': 'passed',
      'class/default-class-is-served': 'unsupported',
      // What its annotation has to say is its configuration's.
      'class/annotation-is-honoured': 'unsupported',
      'path/implementation-specific-pattern': 'unsupported',
    });
    expect(await everything()).to.have.members(before);
  });

  /** The port at which every node forwards to it, and the node that it runs on, which is what it writes as its address. */
  async function whereabouts() {
    const door = await kube.get({ apiVersion: 'v1', kind: 'Service', namespace: 'edge', name: 'front-door' });
    const [pod] = await kube.list({ apiVersion: 'v1', kind: 'Pod' }, { namespace: 'edge' });
    const own = cluster.nodes.find(({ name }) => name === pod?.spec.nodeName);
    const other = cluster.nodes.find(({ name }) => name !== pod?.spec.nodeName);
    const http = door?.spec.ports.find(({ name }: { name: string }) => name === 'http');
    return { port: http.nodePort as number, own: own?.address ?? '', other: other?.address ?? '' };
  }

  it('is not accused of an address that need not be reached from here, where the way in was named', async () => {
    const { port, own, other } = await whereabouts();
    const verdictBy = async (host: string) => {
      const entered = { nodes: [], entrance: { host, port } };
      const { checks } = await run({ ...existing, ingressClass: 'public' }, ['class/status-names-an-address'], entered);
      return checks[0]?.verdict;
    };
    expect(await verdictBy(own)).to.deep.equal({ kind: 'passed' });
    const verdict = await verdictBy(other);
    expect(verdict).to.have.property('kind', 'unsupported');
    expect(verdict).to.have.property('reason').that.contains(own);
  });

  it('is found by the address of its load balancer, where no node is within reach', async () => {
    const { own } = await whereabouts();
    const balancer = { apiVersion: 'v1', kind: 'Service', namespace: 'edge', name: 'balancer' };
    const spec = { type: 'LoadBalancer', selector: reference.podLabels };
    const ports = [{ name: 'http', port: 8080, targetPort: reference.ports.http }];
    await kube.apply([
      {
        apiVersion: 'v1',
        kind: 'Service',
        metadata: { namespace: 'edge', name: 'balancer' },
        spec: { ...spec, ports },
      },
    ]);
    // As the cloud's controller would.
    const status = { loadBalancer: { ingress: [{ ip: own, ipMode: 'VIP' }] } };
    await kube.patch([{ object: balancer, subresource: 'status', patch: { status } }]);
    try {
      const settings = { namespace: 'found', ingressClass: 'public' };
      const front = await findFront(kube, { ...cluster, nodes: [] }, settings, signal);
      expect(front.outside).to.deep.equal({ address: own, port: 8080 });
    } finally {
      await kube.remove([balancer]);
    }
  });

  it('keeps its class: to install another for it is refused before anything is made', async () => {
    const before = await everything();
    const report = await run({ ...reference, ingressClass: 'public' }, ['path/prefix-takes-all-below']);
    expect(exitCodeOf(report)).to.equal(exitCodes.environment);
    expect(report.run.problem).to.include({ code: 'class-taken' });
    expect(await everything()).to.have.members(before);
  });
});
