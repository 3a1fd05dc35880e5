import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect } from 'chai';
import { distributed } from '../../../load/k6/distributed.ts';
import k6 from '../../../load/k6/index.ts';
import { bucketCount, bucketOf, middleOf } from '../../../load/k6/latency-bucket.ts';
import type { LoadOrder, LoadPod } from '../../../src/model/load.ts';
import { decodeHistogram } from '../../../src/stats/histogram.ts';
import { orderTo, programsOf, targetAt } from '../order-to.ts';
import { failed } from '../run-engine.ts';
import { answering } from '../wrong-servers.ts';

const run = promisify(execFile);
const programsMs = 600_000;
const where = { namespace: 'benchmark', name: 'load', pods: 3 };
const order = (port: number): LoadOrder =>
  orderTo([targetAt(port), targetAt(port, { path: '/late', name: 'late' })], {
    shape: { kind: 'rate', rateRps: 90, arrivals: 'constant' },
    connections: 30,
    warmUpMs: 1000,
    durationMs: 2000,
  });

describe('k6 in pods', () => {
  let path = '';
  before(async function () {
    this.timeout(programsMs);
    path = (await programsOf(k6)).programs.k6 ?? '';
  });

  it('is a TestRun of k6-operator beside a ConfigMap with the script, both marked as ours', async () => {
    const [configMap, testRun] = await distributed.objects(order(80), where);
    expect(configMap).to.deep.include({ apiVersion: 'v1', kind: 'ConfigMap' });
    expect(configMap?.data).to.have.all.keys('script.ts', 'script-order.ts', 'latency-bucket.ts', 'order.json');
    expect(testRun).to.deep.include({ apiVersion: 'k6.io/v1alpha1', kind: 'TestRun' });
    const labels = { 'ingress-assay.dev/owned': 'true' };
    for (const object of [configMap, testRun])
      expect(object?.metadata).to.deep.equal({ namespace: 'benchmark', name: 'load', labels });
    const spec = testRun?.spec;
    expect(spec.parallelism).to.equal(3);
    expect(spec.script).to.deep.equal({ configMap: { name: 'load', file: 'script.ts' } });
    for (const pod of [spec.initializer, spec.runner])
      expect(pod).to.deep.include({ image: 'grafana/k6:1.8.1', metadata: { labels } });
    expect(spec).to.not.have.any.keys('arguments', 'cleanup');
  });

  it('runs another image where one is named, and HTTP/2 only where it is asked for', async () => {
    const imageOf = { ...where, image: 'registry.internal/k6:2' };
    const [, plain] = await distributed.objects(order(80), imageOf);
    expect(plain?.spec.runner.image).to.equal('registry.internal/k6:2');
    expect(plain?.spec.runner.env).to.deep.include({ name: 'GODEBUG', value: 'http2client=0' });
    const [, h2] = await distributed.objects({ ...order(80), protocol: 'h2' }, where);
    expect(JSON.stringify(h2?.spec.runner.env)).to.not.contain('http2client');
  });

  it('takes its stages as the operator names them', () => {
    const at = (stage?: string) =>
      distributed.stage({
        apiVersion: 'k6.io/v1alpha1',
        kind: 'TestRun',
        metadata: { name: 'load' },
        status: { stage },
      });
    for (const stage of [undefined, 'initialization', 'initialized', 'created', 'started'])
      expect(at(stage), stage).to.equal('under way');
    expect(at('finished')).to.equal('finished');
    for (const stage of ['stopped', 'error']) expect(at(stage)).to.equal('failed');
  });

  it('refuses what pods cannot share, and what no ConfigMap holds', () => {
    expect(distributed.refuses(order(80), 3)).to.equal(undefined);
    expect(distributed.refuses(order(80), 0)).to.contain('at least one');
    expect(distributed.refuses(order(80), 31)).to.contain('31 pods cannot share 30 connections');
    const many = Array.from({ length: 10_000 }, (_, index) => targetAt(80, { host: `h${index}.example` }));
    expect(distributed.refuses({ ...order(80), targets: many }, 3)).to.contain('ConfigMap');
  });

  it('becomes one result of what several k6 side by side have printed', async function () {
    this.timeout(60_000);
    const lateMs = 100;
    const asked = new Map<string, number>();
    await using server = await answering((request, response) => {
      const url = request.url ?? '';
      asked.set(url, (asked.get(url) ?? 0) + 1);
      response.setHeader('X-Assay-Backend', 'hit');
      if (url === '/late') setTimeout(() => response.end('hit'), lateMs);
      else response.end('hit');
    });
    const folder = await mkdtemp(join(tmpdir(), 'assay-pods-'));
    try {
      const [configMap] = await distributed.objects(order(server.port), where);
      const files = Object.entries(configMap?.data as Record<string, string>);
      await Promise.all(files.map(([file, text]) => writeFile(join(folder, file), text)));
      const env = { ...process.env, K6_NO_USAGE_REPORT: 'true', GODEBUG: 'http2client=0' };

      // As the operator's initializer sees whether the script can be run: an archive of it, and what that would take.
      const archive = join(folder, 'script.ts.archived.tar');
      await run(path, ['archive', join(folder, 'script.ts'), '-O', archive], { env });
      const { stdout } = await run(path, ['inspect', '--execution-requirements', archive], { env });
      expect(JSON.parse(stdout)).to.deep.include({ maxVUs: 30 });

      // As its runners run it, each with its segment.
      const sequence = '0,1/3,2/3,1';
      const segments = ['0:1/3', '1/3:2/3', '2/3:1'];
      const startedAtMs = Date.now();
      const pods = await Promise.all(
        segments.map(async (segment, index): Promise<LoadPod> => {
          const share = [`--execution-segment=${segment}`, `--execution-segment-sequence=${sequence}`];
          const tags = ['--tag', `instance_id=${index + 1}`, '--tag', 'testrun_name=load'];
          const args = ['run', '--quiet', ...share, join(folder, 'script.ts'), '--address=127.0.0.1:0', ...tags];
          const { stdout, stderr } = await run(path, args, { env });
          return { name: `load-${index + 1}`, log: `${stderr}${stdout}` };
        }),
      );

      const result = distributed.merge(order(server.port), pods);
      expect(result.failures).to.deep.equal({});
      expect(result.offered).to.equal(result.answered + failed(result) + result.generator.dropped);
      // 180 in two seconds; one more may fall on the last moment.
      expect(result.offered).to.be.within(180, 183);
      expect(result.answered).to.be.at.most((asked.get('/') ?? 0) + (asked.get('/late') ?? 0));
      expect(result.answered).to.be.at.most(183);
      expect(result.measuredFromMs).to.be.within(startedAtMs + order(0).warmUpMs, Date.now());
      expect(result.seconds).to.have.length(2);
      expect(result.seconds.reduce((sum, { answered }) => sum + answered, 0)).to.equal(result.answered);
      expect(result.bytesReceived).to.equal(3 * result.answered);
      expect(result.generator).to.not.have.property('cpuShare');
      const latency = decodeHistogram(result.latency?.histogram ?? '');
      expect(latency.totalCount).to.equal(result.answered);
      // Every second request was late: the segments took the targets in turn together.
      expect(latency.getValueAtPercentile(75)).to.be.at.least(lateMs * 1000);
      expect(asked.get('/')).to.be.closeTo(asked.get('/late') ?? 0, 6);
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  it('names the pod that logged no result, with the last that it said', () => {
    const pod = { name: 'load-2', log: 'level=error msg="out of memory"\n' };
    expect(() => distributed.merge(order(80), [pod]))
      .to.throw(/load-2.*out of memory/)
      .with.property('code', 'load-pod-silent');
  });
});

describe('the buckets of latency that a script counts by', () => {
  it('hold every time within 0.8 % of their middle, up to a minute', () => {
    for (let us = 0; us < 60_000_000; us = Math.ceil(us * 1.001) + 1) {
      const middle = middleOf(bucketOf(us));
      expect(Math.abs(middle - us), String(us)).to.be.at.most(us * 0.008);
    }
  });

  it('are in order, and the last has all that is beyond', () => {
    for (let bucket = 0; bucket < bucketCount; bucket++) expect(bucketOf(middleOf(bucket))).to.equal(bucket);
    expect(bucketOf(Number.MAX_SAFE_INTEGER)).to.equal(bucketCount - 1);
  });
});
