import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import local from '../../../clusters/local/index.ts';
import traefik from '../../../controllers/traefik.ts';
import { type Check, defineCheck } from '../../../src/kit/check.ts';
import { CheckFailed } from '../../../src/kit/failure.ts';
import { type ClusterHost, type ClusterProvider, defineCluster } from '../../../src/model/cluster.ts';
import { type Controller, defineController } from '../../../src/model/controller.ts';
import { environmentError, exitCodes, interrupted } from '../../../src/model/errors.ts';
import type { KubernetesObject } from '../../../src/model/kubernetes.ts';
import { silentProgress } from '../../../src/model/progress.ts';
import { type Report, reportSchema } from '../../../src/model/report.ts';
import { exitCodeOf, tally } from '../../../src/model/summary.ts';
import { readSuites, type Suite } from '../../../src/run/catalogue.ts';
import { runConformance } from '../../../src/run/conformance.ts';
import { select } from '../../../src/run/plan.ts';
import { createToolchain } from '../../../src/toolchain/toolchain.ts';

const suites = await readSuites();

/** Traefik with its container altered: a controller that is ill in one way. */
const ill = (alter: (container: KubernetesObject['spec'], deployment: KubernetesObject['spec']) => void): Controller =>
  defineController({
    ...traefik,
    async manifests(settings) {
      const objects = structuredClone(await traefik.manifests(settings));
      for (const { kind, spec } of objects) if (kind === 'Deployment') alter(spec.template.spec.containers[0], spec);
      return objects;
    },
  });

/** Kills the last process of the cluster whose command line has that word (those before wrap it); run as the client, who is in no pod and sees them all. */
const killScript = `
const { readdirSync, readFileSync } = require('fs');
const isWanted = (pid) => {
  try {
    const words = readFileSync('/proc/' + pid + '/cmdline', 'utf8');
    return words.includes(process.argv[1]) && !words.includes('readdirSync');
  } catch {
    return false;
  }
};
const pids = readdirSync('/proc').map(Number).filter((pid) => pid > 0).sort((a, b) => a - b);
process.kill(pids.findLast(isWanted), 'SIGKILL');`;

/** Checks of the catalogue by id, or one of a test's own among them. */
const selected = (checks: readonly (string | Check)[]): readonly Suite[] => {
  const ids = checks.filter((check) => typeof check === 'string');
  const own = checks.filter((check) => typeof check !== 'string');
  return own.length === 0
    ? select(suites, { checks: ids })
    : suites
        .map(({ area }) => ({ area, checks: own.filter(({ id }) => id.startsWith(`${area.name}/`)) }))
        .filter((suite) => suite.checks.length > 0);
};

describe('a conformance run', function () {
  this.timeout(120_000);
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'assay-test-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  async function run(
    checks: readonly (string | Check)[],
    {
      controller = traefik,
      provider = local,
      end = new AbortController(),
      told = (_line: string) => {},
      note = (_line: string) => {},
    } = {},
  ) {
    const { signal } = end;
    const host: ClusterHost = {
      signal,
      progress: { ...silentProgress, note },
      toolchain: createToolchain({ signal, progress: silentProgress }),
    };
    const saved: Report[] = [];
    const { report } = await runConformance(
      {
        controller,
        suites: selected(checks),
        providers: [provider],
        cluster: { provider: provider.name, keep: false, logFolder: join(folder, 'cluster') },
        logFolder: folder,
        bail: false,
        command: [],
      },
      host,
      {
        heading: () => {},
        verdict: ({ check, verdict }) => told(`${check.id} ${verdict.kind}`),
        report: async (soFar) => void saved.push(soFar),
      },
    );
    expect(reportSchema.parse(JSON.parse(JSON.stringify(saved.at(-1))))).to.deep.equal(
      JSON.parse(JSON.stringify(report)),
    );
    return report;
  }

  it('proves checks on a cluster of its own, and says where its time went', async () => {
    const report = await run(['tutorial/backends-answer-by-name', 'tutorial/host-reaches-its-service']);
    expect(exitCodeOf(report)).to.equal(exitCodes.passed);
    expect(tally(report.checks)).to.include({ passed: 2, failed: 0 });
    expect(report.run.phases.map(({ name }) => name)).to.deep.equal(['cluster', 'controller', 'checks', 'teardown']);
    expect(report.versions).to.include.keys('ingress-assay', 'node', 'traefik', 'kubernetes');
    for (const { evidence } of report.checks) expect(evidence).to.not.be.empty;
  });

  it('skips every check, with the reason, where the cluster cannot be made', async () => {
    const provider: ClusterProvider = defineCluster({
      ...local,
      available: async () => ({ kind: 'unavailable', reason: 'no user namespaces', next: 'enable them' }),
    });
    const report = await run(['tutorial/host-reaches-its-service'], { provider });
    expect(exitCodeOf(report)).to.equal(exitCodes.environment);
    expect(report.run).to.deep.include({ ended: 'broken-off' });
    expect(report.run.problem).to.include({ code: 'cluster-unavailable', next: 'enable them' });
    expect(report.checks[0]?.verdict)
      .to.have.property('reason')
      .that.matches(/^not tried: .*no user namespaces/);
  });

  it('names a controller that crashes at its start, with its exit code and log', async () => {
    const controller = ill((container) => container.args.push('--no-such-flag'));
    const { run: ended, checks } = await run(['tutorial/host-reaches-its-service'], { controller });
    expect(ended.problem).to.include({ code: 'controller-not-ready' });
    expect(ended.problem?.message)
      .to.contain('CrashLoopBackOff')
      .and.to.contain('exit code 1')
      .and.to.contain('--tracing');
    expect(checks[0]?.verdict.kind).to.equal('skipped');
  });

  it('names a controller that never gets ready, with what its readiness probe saw', async () => {
    const controller = ill((container, deployment) => {
      container.readinessProbe.httpGet.path = '/nowhere';
      deployment.progressDeadlineSeconds = 5;
    });
    const report = await run(['tutorial/host-reaches-its-service'], { controller });
    expect(exitCodeOf(report)).to.equal(exitCodes.environment);
    expect(report.run.problem?.code).to.equal('controller-not-ready');
    expect(report.run.problem?.message).to.match(/Readiness probe failed: .*404/);
    expect(tally(report.checks)).to.include({ failed: 0, skipped: 1 });
  });

  it('begins its stories while the controller starts', async () => {
    const controller = ill((container) => {
      container.readinessProbe.initialDelaySeconds = 5;
    });
    const check = defineCheck({
      id: 'tutorial/begun',
      title: 'back-ends are older than the controller is ready',
      level: 'spec',
      requirement: { source: 'https://example.org', text: '' },
      after: 'backends',
      async run({ kube, ground: { namespace } }) {
        const pods = await kube.list({ apiVersion: 'v1', kind: 'Pod' }, { namespace });
        const podOf = (name: string) => pods.find(({ metadata }) => metadata.name.startsWith(name));
        const ready = podOf('nginx-ingress-controller')?.status.conditions.find(
          ({ type }: { type: string }) => type === 'Ready',
        );
        const begun = podOf('deploy-test-1')?.metadata.creationTimestamp;
        expect(Date.parse(begun)).to.be.lessThan(Date.parse(ready.lastTransitionTime));
      },
    });
    const report = await run([check], { controller });
    expect(report.checks.map(({ verdict }) => verdict)).to.deep.equal([{ kind: 'passed' }]);
  });

  it('breaks off when the controller dies, accuses it of nothing, and keeps its log', async () => {
    const end = new AbortController();
    const controller = ill((container) => {
      container.command = ['sh', '-c', 'traefik "$@" & sleep 15; kill -9 $!; exit 7', 'sh'];
    });
    const report = await run(['tutorial/edited-rule-takes-effect'], { controller, end });
    expect(exitCodeOf(report)).to.equal(exitCodes.environment);
    expect(report.run.problem).to.include({ code: 'controller-died' });
    expect(report.run.problem?.message).to.contain('exit code 7');
    expect(report.checks[0]?.verdict.kind).to.equal('errored');
    expect(await readFile(report.run.problem?.log ?? '', 'utf8')).to.match(/\S/);
  });

  /** A check that kills a program of a pod and at once says that the claim is refuted, as one does whose request was reset. */
  const killing = (area: string, program: string): Check =>
    defineCheck({
      id: `${area}/killing`,
      title: 'is refuted by what died',
      level: 'spec',
      requirement: { source: 'https://example.org', text: '' },
      ...(area === 'tutorial' && { after: 'backends' }),
      async run(kit) {
        await using killer = await kit.cluster.start({ kind: 'external' }, ['node', '-e', killScript, program]);
        expect(await killer.exited).to.deep.equal({ code: 0, signal: null });
        throw new CheckFailed({ expected: 'an answer', actual: 'a reset' });
      },
    });

  for (const [who, area, program, code] of [
    ['controller', 'tutorial', '/etc/traefik/traefik.yaml', 'controller-died'],
    ['back-end of a story', 'tutorial', '/echo/echo.mjs', 'backend-died'],
    ['back-end that checks share', 'host', '/echo/echo.mjs', 'backend-died'],
  ] as const)
    it(`accuses the controller of nothing when a ${who} has died a moment ago`, async () => {
      const report = await run([killing(area, program)]);
      expect(report.checks[0]?.verdict).to.include({ kind: 'errored', code });
      expect(report.run.problem).to.include({ code });
    });

  it('ends with what the cluster died of, accuses the controller of nothing, and tells what it could not remove', async () => {
    const death = new AbortController();
    const provider = defineCluster({
      ...local,
      async create(options, host) {
        const cluster = await local.create(options, host);
        return {
          ...cluster,
          failed: AbortSignal.any([cluster.failed, death.signal]),
          async [Symbol.asyncDispose]() {
            await cluster[Symbol.asyncDispose]();
            throw environmentError('cluster-not-removed', 'it is still there', { next: 'remove it' });
          },
        };
      },
    });
    const notes: string[] = [];
    const told = () => death.abort(environmentError('component-ended', 'kube-apiserver died'));
    const report = await run(['tutorial/backends-answer-by-name', 'tutorial/edited-rule-takes-effect'], {
      provider,
      told,
      note: (line) => void notes.push(line.trim()),
    });
    expect(exitCodeOf(report)).to.equal(exitCodes.environment);
    expect(report.run.problem).to.include({ code: 'component-ended' });
    expect(notes).to.include('it is still there (next: remove it)');
    expect(tally(report.checks)).to.include({ passed: 1, failed: 0 });
  });

  it('ends well when it is interrupted while the cluster starts', async () => {
    const end = new AbortController();
    const provider = defineCluster({
      ...local,
      create(options, host) {
        setImmediate(() => end.abort(interrupted('SIGINT')));
        return local.create(options, host);
      },
    });
    const report = await run(['tutorial/host-reaches-its-service'], { provider, end });
    expect(exitCodeOf(report)).to.equal(exitCodes.interrupted);
    expect(report.checks[0]?.verdict).to.deep.equal({ kind: 'skipped', reason: 'not tried: interrupted by SIGINT' });
  });
});
