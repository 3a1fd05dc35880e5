import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import local from '../../../../clusters/local/index.ts';
import reference from '../../../../controllers/reference/index.ts';
import openLoop from '../../../../load/open-loop/index.ts';
import { createKube } from '../../../../src/kube/create-kube.ts';
import type { Cluster, ClusterHost } from '../../../../src/model/cluster.ts';
import { type Controller, defineController } from '../../../../src/model/controller.ts';
import { exitCodes, interrupted } from '../../../../src/model/errors.ts';
import { ownedLabel } from '../../../../src/model/kubernetes.ts';
import { silentProgress } from '../../../../src/model/progress.ts';
import { type Report, reportSchema } from '../../../../src/model/report.ts';
import type { Scenario, ScenarioPoint } from '../../../../src/model/scenario.ts';
import { exitCodeOf } from '../../../../src/model/summary.ts';
import { runBenchmark } from '../../../../src/run/benchmark/benchmark.ts';
import { createToolchain } from '../../../../src/toolchain/toolchain.ts';

const saturation = { profile: 'smoke', load: { kind: 'saturation' }, connections: 8 } as const;

const scenarioOf = (name: string, points: readonly ScenarioPoint[]): Scenario => ({
  id: `benchmark/${name}`,
  title: name,
  engine: 'open-loop',
  points,
});

describe('a benchmark', function () {
  this.timeout(240_000);
  let folder: string;
  let cluster: Cluster;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'assay-test-'));
    const progress = silentProgress;
    const { signal } = new AbortController();
    const host: ClusterHost = { signal, progress, toolchain: createToolchain({ progress, signal }) };
    cluster = await local.create({ name: `bench-${process.pid}`, nodes: 1, keep: false, logFolder: folder }, host);
  });
  after(async () => {
    await cluster[Symbol.asyncDispose]();
    await rm(folder, { recursive: true });
  });

  /** Runs scenarios on the cluster of these tests, as on one that is kept; `told` hears which run is done. */
  async function run(
    scenarios: readonly Scenario[],
    {
      controller = reference as Controller,
      against = undefined as Controller | undefined,
      end = new AbortController(),
      told = (_detail: string) => {},
      durationMs = 400,
    } = {},
  ) {
    const { signal } = end;
    const reports: Report[] = [];
    const progress: ClusterHost['progress'] = { note: () => {}, step: (_title, body) => body(told) };
    const host: ClusterHost = { signal, progress, toolchain: createToolchain({ progress: silentProgress, signal }) };
    const lent: Cluster = { ...cluster, [Symbol.asyncDispose]: async () => {} };
    const { report } = await runBenchmark(
      {
        controller,
        against,
        scenarios,
        engines: [openLoop],
        profile: 'smoke',
        measure: { runs: 5, warmUpMs: 100, durationMs },
        seed: 11,
        judgeOptions: {},
        providers: [{ ...local, attach: async () => lent }],
        cluster: { provider: local.name, keep: true, name: 'lent', logFolder: folder },
        logFolder: folder,
        command: ['test'],
      },
      host,
      { note: () => {}, report: async (soFar) => void reports.push(soFar) },
    );
    expect(reportSchema.safeParse(JSON.parse(JSON.stringify(report))).error).to.equal(undefined);
    return { report, reports };
  }

  it('measures two controllers of the same make in turns, each figure with its guards, and takes all of it away again', async () => {
    const { report } = await run(
      [
        scenarioOf('some', [{ ...saturation, name: 'plain' }]),
        scenarioOf('shares', [{ ...saturation, name: 'half', load: { kind: 'share', ofCapacity: 0.3 } }]),
      ],
      { against: reference },
    );
    expect(report.run.problem).to.equal(undefined);
    const [some, shares] = report.benchmark?.scenarios ?? [];
    const [plain] = some?.points ?? [];
    const [half] = shares?.points ?? [];
    expect(plain?.runs.map(({ side }) => side).join(' ')).to.match(/^(direct (a b b a|b a a b) ?){2}direct (a b|b a)$/);
    for (const side of ['direct', 'a', 'b'] as const) {
      const own = plain?.runs.filter((one) => one.side === side) ?? [];
      expect(
        own.every(({ result }) => result.answered > 0),
        side,
      ).to.equal(true);
      expect(
        own.every(({ guards }) => guards.length > 5),
        side,
      ).to.equal(true);
    }
    const names = (side: string) => half?.figures.filter((figure) => figure.side === side).map(({ name }) => name);
    expect(names('a')).to.include.members(['latency p50', 'latency p99']);
    expect(names('b')).to.deep.equal(names('a'));
    expect(shares?.findings.capacity).to.have.property('rateRps');
    expect(half?.rateRps).to.be.greaterThan(0);
    expect(report.benchmark?.against).to.include({ name: 'reference' });
    const kube = createKube(cluster.kubeconfig);
    const left = await kube.list({ apiVersion: 'v1', kind: 'Namespace' }, { labels: { [ownedLabel]: 'true' } });
    expect(left.filter(({ status }) => status.phase !== 'Terminating')).to.deep.equal([]);
  });

  it('tells what the pods of each side used', async () => {
    const { report } = await run([scenarioOf('some', [{ ...saturation, name: 'plain' }])], { durationMs: 1500 });
    const runs = report.benchmark?.scenarios[0]?.points[0]?.runs ?? [];
    expect(runs).to.have.length(8);
    for (const { side, resources, result } of runs) {
      expect(resources?.cpuSeconds, side)
        .to.be.greaterThan(0)
        .and.below(3 * (result.durationMs / 1000));
      expect(resources?.peakMemoryBytes, side).to.be.greaterThan(1_000_000);
    }
  });

  it('takes in many Ingresses, asks every one, and says how long it took', async () => {
    const routes = (count: number, ask: 'first' | 'last') => ({
      ...saturation,
      name: `${count} ${ask}`,
      routes: { count, ask },
    });
    const { report } = await run([scenarioOf('many', [routes(10, 'first'), routes(30, 'last')])]);
    const [scenario] = report.benchmark?.scenarios ?? [];
    expect(scenario?.problem).to.equal(undefined);
    expect(scenario?.findings).to.have.property('10 routes of a').with.property('servedAfterMs').that.is.greaterThan(0);
    expect(scenario?.findings).to.have.property('30 routes of a').with.property('memoryBytes').that.is.greaterThan(0);
    expect(scenario?.points[1]?.runs.every(({ result }) => result.answered > 0)).to.equal(true);
  });

  it('says of a controller without TLS that it was not tried, and goes on', async () => {
    const { report } = await run([
      scenarioOf('tls', [{ ...saturation, name: 'tls', tls: true, fresh: true }]),
      scenarioOf('after', [{ ...saturation, name: 'plain' }]),
    ]);
    const [tls, after] = report.benchmark?.scenarios ?? [];
    expect(tls?.problem).to.contain('answers nothing over TLS');
    expect(after?.points[0]?.runs).to.have.length(8);
    expect(exitCodeOf(report)).to.equal(exitCodes.passed);
  });

  it('keeps every finished run when it is interrupted, and has each in a report before the next begins', async () => {
    const end = new AbortController();
    const { report, reports } = await run([scenarioOf('some', [{ ...saturation, name: 'plain' }])], {
      end,
      told: (detail) => {
        if (detail === 'plain, run 3') end.abort(interrupted('SIGINT'));
      },
    });
    expect(exitCodeOf(report)).to.equal(exitCodes.interrupted);
    const finished = ({ benchmark }: Report) => benchmark?.scenarios[0]?.points[0]?.runs.length ?? 0;
    expect(finished(report)).to.equal(3);
    expect(reports.map(finished)).to.include.members([1, 2, 3]);
  });

  it('breaks off when the controller dies under load, accuses it of no figure, and keeps what was measured before', async () => {
    const dying = defineController({
      ...reference,
      async manifests(settings) {
        const objects = structuredClone(await reference.manifests(settings));
        for (const { kind, spec } of objects) {
          if (kind !== 'Deployment') continue;
          const [container] = spec.template.spec.containers;
          container.command = ['sh', '-c', 'node "$@" & sleep 12; kill -9 $!; exit 7', 'sh'];
        }
        return objects;
      },
    });
    const { report } = await run(
      [
        scenarioOf('some', [
          { ...saturation, name: 'plain' },
          { ...saturation, name: 'again' },
        ]),
      ],
      {
        controller: dying,
        durationMs: 1500,
      },
    );
    expect(report.run.problem).to.include({ code: 'controller-died' });
    expect(exitCodeOf(report)).to.equal(exitCodes.environment);
    expect(report.benchmark?.scenarios[0]?.points[0]?.runs.length).to.be.greaterThan(0);
  });
});
