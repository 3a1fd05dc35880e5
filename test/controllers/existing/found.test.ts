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
    cluster = await local.create({ name: `found-${process.pid}`, nodes: 1, keep: false, logFolder: folder }, host);
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
  async function run(controller: Controller, checks: readonly string[]): Promise<Report> {
    const somebodys: Cluster = { ...cluster, async [Symbol.asyncDispose]() {} };
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
      'path/implementation-specific-pattern',
    ]);
    expect(report.run.problem).to.equal(undefined);
    expect(Object.fromEntries(report.checks.map(({ id, verdict }) => [id, verdict.kind]))).to.deep.equal({
      'path/prefix-takes-all-below': 'passed',
      'class/status-names-an-address': 'passed',
      'class/default-class-is-served': 'unsupported',
      'path/implementation-specific-pattern': 'unsupported',
    });
    expect(await everything()).to.have.members(before);
  });

  it('keeps its class: to install another for it is refused before anything is made', async () => {
    const before = await everything();
    const report = await run({ ...reference, ingressClass: 'public' }, ['path/prefix-takes-all-below']);
    expect(exitCodeOf(report)).to.equal(exitCodes.environment);
    expect(report.run.problem).to.include({ code: 'class-taken' });
    expect(await everything()).to.have.members(before);
  });
});
