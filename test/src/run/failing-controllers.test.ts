import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import local from '../../../clusters/local/index.ts';
import { defineArea, defineCheck } from '../../../src/kit/check.ts';
import type { Cluster, ClusterHost } from '../../../src/model/cluster.ts';
import { type Controller, defineController } from '../../../src/model/controller.ts';
import type { KubernetesObject } from '../../../src/model/kubernetes.ts';
import { silentProgress } from '../../../src/model/progress.ts';
import type { Report } from '../../../src/model/report.ts';
import { runConformance } from '../../../src/run/conformance.ts';
import { createToolchain } from '../../../src/toolchain/toolchain.ts';
import tutorial from '../../../suites/tutorial/area.ts';

const never = new AbortController().signal;
const host: ClusterHost = {
  toolchain: createToolchain({ progress: silentProgress, signal: never }),
  progress: silentProgress,
  signal: never,
};

/** A controller that is one Node program, its container and its Deployment amended as told. */
const controllerOf = (program: string, container: object = {}, spec: object = {}): Controller =>
  defineController({
    name: 'failing',
    title: 'Failing',
    version: '1',
    homepage: 'https://failing.example/',
    images: ['node:20-slim'],
    ingressClass: 'failing',
    podLabels: { app: 'failing' },
    ports: { http: 80, https: 443, status: 8080 },
    async manifests({ namespace }): Promise<readonly KubernetesObject[]> {
      const labels = { app: 'failing' };
      return [
        {
          apiVersion: 'apps/v1',
          kind: 'Deployment',
          metadata: { name: 'failing', namespace },
          spec: {
            ...spec,
            selector: { matchLabels: labels },
            template: {
              metadata: { labels },
              spec: { containers: [{ name: 'proxy', image: 'node:20-slim', args: ['-e', program], ...container }] },
            },
          },
        },
      ];
    },
    knownDeviations: [],
  });

const probed = { readinessProbe: { httpGet: { path: '/', port: 80 }, periodSeconds: 1 } };

const asks = (id: string) =>
  defineCheck({
    id: `tutorial/${id}`,
    title: id,
    level: 'spec',
    requirement: { source: 'https://rule.example/', text: 'a rule' },
    after: 'backends',
    exclusive: true,
    expect: [{ host: 'nobody.example', status: 404 }],
  });
const area = defineArea({ ...tutorial, story: (tutorial.story ?? []).slice(0, 1) });

describe('a run against a controller that', function () {
  this.timeout(180_000);
  let cluster: Cluster;
  let folder: string;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'assay-failing-'));
    cluster = await local.create({ name: 'failing', nodes: 1, keep: false, logFolder: folder }, host);
  });
  after(async () => {
    await cluster?.[Symbol.asyncDispose]();
    await rm(folder, { recursive: true, force: true });
  });

  /** The run joins the one cluster, as it would join a kept one, and leaves it up. */
  const run = async (controller: Controller): Promise<Report> => {
    const { report } = await runConformance(
      {
        controller,
        suites: [{ area, checks: [asks('first'), asks('second')] }],
        providers: [{ ...local, attach: async () => ({ ...cluster, [Symbol.asyncDispose]: async () => {} }) }],
        cluster: { provider: 'local', name: 'failing', keep: true, logFolder: folder },
        logFolder: folder,
        bail: false,
        command: ['test'],
      },
      host,
      { verdict: () => {}, heading: () => {}, report: async () => {} },
    );
    return report;
  };
  const kinds = (report: Report) => new Set(report.checks.map(({ verdict }) => verdict.kind));

  it('crashes at its start ends with its own words, and accuses nobody', async () => {
    const report = await run(controllerOf('console.error("cannot read my configuration"); process.exit(3)', probed));
    expect(report.run.ended).to.equal('broken-off');
    expect(report.run.problem?.code).to.equal('controller-not-ready');
    expect(report.run.problem?.message).to.match(/CrashLoopBackOff/);
    expect(report.run.problem?.message).to.include('cannot read my configuration');
    expect([...kinds(report)])
      .to.have.length(1)
      .and.not.include('failed');
  });

  it('never gets ready ends with what its readiness probe saw', async () => {
    const report = await run(controllerOf('setInterval(() => {}, 1e6)', probed, { progressDeadlineSeconds: 5 }));
    expect(report.run.problem?.code).to.equal('controller-not-ready');
    expect(report.run.problem?.message).to.match(/Readiness probe failed/);
    expect([...kinds(report)])
      .to.have.length(1)
      .and.not.include('failed');
  });

  it('dies in the middle ends with its log, and no check is failed for it', async () => {
    const report = await run(
      controllerOf(`let left = 120;
        require('http').createServer((_, answer) => {
          if (left-- < 0) { console.error('out of luck'); process.exit(9); }
          answer.statusCode = 404; answer.end();
        }).listen(80)`),
    );
    expect(report.run.problem?.code).to.equal('controller-died');
    expect(report.run.problem?.message)
      .to.match(/exit code 9/)
      .and.include('out of luck');
    expect(await readFile(report.run.problem?.log ?? '', 'utf8')).to.include('out of luck');
    expect(report.checks[0]?.verdict.kind).to.equal('passed');
    expect(report.checks[1]?.verdict.kind).to.be.oneOf(['errored', 'skipped']);
  });
});
