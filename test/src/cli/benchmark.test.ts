import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { expect } from 'chai';
import type { Benchmark } from '../../../src/model/benchmark.ts';
import { exitCodes } from '../../../src/model/errors.ts';
import type { Report } from '../../../src/model/report.ts';
import { compiledModule } from '../../../src/paths.ts';
import { sampleReport } from '../../sample-report.ts';

describe('the commands for load', function () {
  this.timeout(30_000);
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'assay-test-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  /** Runs the command line in the folder, with these words before it. */
  async function assay(args: readonly string[], before: readonly string[] = []) {
    const [program = '', ...words] = [...before, process.execPath, compiledModule('src/cli/main.ts'), ...args];
    const child = spawn(program, words, {
      cwd: folder,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, NO_COLOR: '1' },
    });
    const [stdout, stderr, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'exit')]);
    return { code, stdout, stderr };
  }

  describe('benchmark', () => {
    for (const [what, args, complaint] of [
      ['a duration of nothing', ['--duration', '0'], '--duration must be seconds, from 1'],
      ['a rate of nothing', ['--rate', '0'], '--rate must be requests a second'],
      ['fewer runs than prove anything', ['--runs', '2'], '--runs must be a whole number from 5'],
      ['a profile that is none', ['--profile', 'quick'], '--profile must be one of smoke, standard, publish'],
      ['an engine that is none', ['--engine', 'open-lop'], 'Did you mean open-loop?'],
      ['a controller that is none', ['--against', 'traefikk'], 'Did you mean traefik?'],
      [
        'saturation by an engine that has none',
        ['benchmark/throughput', '--engine', 'k6'],
        'k6 does not make the load of benchmark/throughput: k6 is asked for a rate only',
      ],
      ['a rate of an engine that has none', ['benchmark/latency', '--engine', 'wrk'], 'wrk sends as fast as it can'],
      ['load from pods by an engine without an operator', ['--distributed', '2'], 'it makes none from pods'],
      [
        'shares of a capacity that pods do not measure',
        ['benchmark/latency', '--engine', 'k6', '--distributed', '2'],
        'say --rate',
      ],
      [
        'more pods than connections',
        ['benchmark/latency', '--engine', 'k6', '--rate', '500', '--distributed', '300'],
        '300 pods cannot share 256 connections',
      ],
      [
        'an engine whose program is not where the load is to start',
        ['benchmark/throughput', '--engine', 'wrk', '--cluster', 'kind'],
        'the client of kind is a container',
      ],
      ['more connections than there are ports', ['--connections', '65536'], '65536 connections'],
    ] as const)
      it(`refuses ${what}, and makes no cluster for it`, async () => {
        const { code, stdout, stderr } = await assay(['benchmark', ...args]);
        expect(code).to.equal(exitCodes.usage);
        expect(`${stderr}${stdout}`).to.contain(complaint);
      });

    it('refuses 65,536 connections with 1,024 file descriptors, and says how many it takes', async () => {
      const { code, stderr } = await assay(['benchmark', '--connections', '65536'], ['prlimit', '--nofile=1024:1024']);
      expect(code).to.equal(exitCodes.usage);
      expect(stderr).to.contain('65536 connections need 65636 file descriptors, and a process may have 1024 here');
      expect(stderr).to.contain('ulimit -Hn 65636');
    });

    it('says which scenarios would be run', async () => {
      const { code, stdout } = await assay(['benchmark', '--profile', 'smoke', '--list']);
      expect(code).to.equal(exitCodes.passed);
      expect(stdout).to.contain('benchmark/throughput').and.not.to.contain('1000 Ingresses');
      expect(stdout).to.contain('5 points of 9 runs of 3.0 s: at least 2 min 15 s');
    });

    for (const args of [
      ['benchmark/latency', '--engine', 'k6', '--rate', '500'],
      ['benchmark/latency', '--engine', 'k6'],
      ['benchmark/latency', '--engine', 'k6', '--rate', '500', '--distributed', '4'],
      ['--engine', 'wrk'],
    ])
      it(`takes ${args.join(' ')}`, async () => {
        const { code, stderr } = await assay(['benchmark', ...args, '--list']);
        expect(code, stderr).to.equal(exitCodes.passed);
      });

    for (const command of ['benchmark', 'conformance'])
      it(`is not written over by a ${command} that fails in the same folder`, async () => {
        const earlier = JSON.stringify(sampleReport);
        await writeFile(join(folder, 'report.json'), earlier);
        const place = ['--cluster', 'existing', '--kubeconfig', '/absent', '--context', 'x', '--out', '.'];
        const { code, stdout } = await assay([command, ...place]);
        expect(code).to.equal(exitCodes.usage);
        const kept = /is kept as (report-\S+\.json)\./.exec(stdout)?.[1] ?? 'nothing';
        expect(await readFile(join(folder, kept), 'utf8')).to.equal(earlier);
        expect(await readFile(join(folder, 'report.json'), 'utf8')).to.contain('kubeconfig-missing');
      });

    it('refuses a noise floor from a report of two controllers', async () => {
      await writeFile(join(folder, 'other.json'), JSON.stringify(sampleReport));
      const { code, stderr } = await assay(['benchmark', '--noise-floor', 'other.json']);
      expect(code).to.equal(exitCodes.usage);
      expect(stderr).to.contain('no report of a controller held against itself');
    });
  });

  describe('compare', () => {
    const runs = (around: number) => Array.from({ length: 10 }, (_, index) => around * (1 + (index - 4.5) / 500));

    /** A report whose controller served about so many requests a second, and the alterations of a test. */
    async function reportOf(name: string, rate: number, alter: (report: Report) => Report = (report) => report) {
      const { benchmark, ...rest } = structuredClone(sampleReport);
      const [scenario] = benchmark?.scenarios ?? [];
      const [point] = scenario?.points ?? [];
      if (benchmark === undefined || scenario === undefined || point === undefined)
        throw new Error('the sample has no benchmark');
      const figure = {
        name: 'throughput',
        unit: 'requests/s',
        better: 'higher' as const,
        side: 'a' as const,
        runs: runs(rate),
      };
      const report: Report = {
        ...rest,
        benchmark: {
          ...benchmark,
          comparisons: [],
          scenarios: [{ ...scenario, points: [{ ...point, figures: [figure] }] }],
        },
      };
      await writeFile(join(folder, name), JSON.stringify(alter(report)));
      return name;
    }

    it('ends with 1 where a figure is proven worse and that was asked for, and with 0 otherwise', async () => {
      const [old, slower] = [await reportOf('old.json', 5000), await reportOf('new.json', 4000)];
      const asked = await assay(['compare', old, slower, '--fail-on', 'worse']);
      expect(asked.code, asked.stderr).to.equal(exitCodes.failed);
      expect(asked.stdout).to.match(/throughput: worse: 0\.8 times \(0\.79\d* to 0\.80?\d*\), p below 0\.0001/);
      expect((await assay(['compare', old, slower])).code).to.equal(exitCodes.passed);
      expect((await assay(['compare', slower, old, '--fail-on', 'worse'])).code).to.equal(exitCodes.passed);
      expect((await assay(['compare', old, old, '--fail-on', 'worse'])).stdout).to.contain('same within 5 %');
    });

    it('never compares a figure that is void, and says why', async () => {
      const voided = (report: Report): Report =>
        JSON.parse(
          JSON.stringify(report).replace('"name":"throughput"', '"name":"throughput","void":"steal in 9 of 10 runs"'),
        );
      const [old, slower] = [await reportOf('old.json', 5000), await reportOf('new.json', 4000, voided)];
      const { code, stdout, stderr } = await assay(['compare', old, slower, '--fail-on', 'worse']);
      expect(code).to.equal(exitCodes.environment);
      expect(stdout).to.contain('no figure that both reports have').and.to.contain('steal in 9 of 10 runs');
      expect(stderr).to.contain('nothing is proven');
      expect((await assay(['compare', old, slower])).code).to.equal(exitCodes.passed);
    });

    it('lets nothing pass that the newer report has lost', async () => {
      const without = (report: Report): Report => ({
        ...report,
        benchmark: {
          ...(report.benchmark as Benchmark),
          scenarios: (report.benchmark as Benchmark).scenarios.map((scenario) => ({ ...scenario, points: [] })),
        },
      });
      const [old, gone] = [await reportOf('old.json', 5000), await reportOf('new.json', 5000, without)];
      const { code, stdout } = await assay(['compare', old, gone, '--fail-on', 'worse']);
      expect(code).to.equal(exitCodes.failed);
      expect(stdout).to.contain('Measured before, and lost:').and.to.contain('64 connections: there is none after');
      expect((await assay(['compare', old, gone])).code).to.equal(exitCodes.passed);
      expect((await assay(['compare', gone, old, '--fail-on', 'worse'])).code).to.equal(exitCodes.environment);
    });

    it('warns of two machines so that nobody misses it, and judges them only by force', async () => {
      const elsewhere = (report: Report): Report => ({
        ...report,
        environment: { ...report.environment, cpu: 'Another CPU', cores: 64 },
      });
      const [old, slower] = [await reportOf('old.json', 5000), await reportOf('new.json', 4000, elsewhere)];
      const shown = await assay(['compare', old, slower]);
      expect(shown.code).to.equal(exitCodes.passed);
      expect(shown.stdout)
        .to.match(/^!+\n!! TWO MACHINES/)
        .and.to.contain('64 after');
      const asJson = await assay(['compare', old, slower, '--json']);
      expect(asJson.stderr).to.contain('TWO MACHINES').and.to.contain('64 after');
      expect(JSON.parse(asJson.stdout).machines).to.have.length(2);
      expect((await assay(['compare', old, old, '--json'])).stderr).to.equal('');
      const refused = await assay(['compare', old, slower, '--fail-on', 'worse']);
      expect(refused.code).to.equal(exitCodes.usage);
      expect(refused.stderr).to.contain('different machines').and.to.contain('--force');
      const forced = await assay(['compare', old, slower, '--fail-on', 'worse', '--force']);
      expect(forced.code).to.equal(exitCodes.failed);
      expect(forced.stdout).to.contain('TWO MACHINES');
    });

    it('does not hold latencies at different rates against each other', async () => {
      const atRate =
        (rateRps: number) =>
        (report: Report): Report =>
          JSON.parse(JSON.stringify(report).replace('"connections":64', `"connections":64,"rateRps":${rateRps}`));
      const [old, other] = [
        await reportOf('old.json', 5000, atRate(1000)),
        await reportOf('new.json', 4000, atRate(2000)),
      ];
      expect((await assay(['compare', old, other])).stdout).to.contain('1000/s were offered before, 2000/s after');
    });

    for (const [what, alter, complaint] of [
      ['a newer report', (json: string) => json.replace('"version":2', '"version":99'), 'schema version 99'],
      ['one that is cut off', (json: string) => json.slice(0, 5000), 'truncated'],
      ['one that is no JSON', () => 'requests/s: many', 'not JSON'],
      ['JSON that is no report', () => '{"kind":"List"}', 'not a report'],
      [
        'a report without load',
        (json: string) => JSON.stringify({ ...JSON.parse(json), benchmark: undefined }),
        'measured no load',
      ],
    ] as const)
      it(`refuses ${what} by name`, async () => {
        const old = await reportOf('old.json', 5000);
        await writeFile(join(folder, 'bad.json'), alter(await readFile(join(folder, old), 'utf8')));
        const { code, stderr } = await assay(['compare', old, 'bad.json']);
        expect(code).to.equal(exitCodes.usage);
        expect(stderr).to.contain(complaint);
      });

    it('says of a file that is not there that it cannot be read', async () => {
      const { code, stderr } = await assay(['compare', 'old.json', 'new.json']);
      expect(code).to.equal(exitCodes.usage);
      expect(stderr).to.contain('old.json cannot be read');
    });
  });
});
