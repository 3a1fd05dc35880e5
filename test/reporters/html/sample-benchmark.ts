import type { Benchmark, BenchmarkFigure, BenchmarkSide, Guard } from '../../../src/model/benchmark.ts';
import { encodeHistogram, newHistogram, record } from '../../../src/stats/histogram.ts';
import { judge } from '../../../src/stats/judge.ts';
import { type Random, seededRandom } from '../../../src/stats/random.ts';
import { median, sorted } from '../../../src/stats/sample.ts';

type Scenario = Benchmark['scenarios'][number];
type Point = Scenario['points'][number];
type Run = Point['runs'][number];

export interface SampleBenchmark {
  readonly seed?: number;
  readonly runsPerSide?: number;
  /** Of each run: one entry of its series a second. */
  readonly seconds?: number;
  /** Times that each histogram holds. */
  readonly times?: number;
  /** Whether another controller is held against the first. */
  readonly against?: boolean;
}

const normal = (random: Random): number => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());

/** What a side is capable of, near enough to what was seen of such programs. */
const sidesOf = {
  direct: { capacityRps: 61_000, serviceUs: 120 },
  a: { capacityRps: 21_000, serviceUs: 310 },
  b: { capacityRps: 27_500, serviceUs: 260 },
} as const;

/** A benchmark as a run of both kinds of load would leave it: one point overloaded, some runs voided by their guards. */
export function sampleBenchmark(options: SampleBenchmark = {}): Benchmark {
  const { seed = 7, runsPerSide = 10, seconds = 10, times = 3000, against = true } = options;
  const random = seededRandom(seed);
  const sides: readonly BenchmarkSide[] = against ? ['direct', 'a', 'b'] : ['direct', 'a'];
  const around = (value: number, spread: number): number => value * Math.exp(spread * normal(random));

  const guardsOf = (breached: string | undefined): readonly Guard[] => [
    {
      name: 'generator-cpu',
      held: breached !== 'generator-cpu',
      text: breached === 'generator-cpu' ? 'generator CPU 96 %, at most 80 %' : 'generator CPU 41 %, at most 80 %',
    },
    {
      name: 'send-lag',
      held: breached !== 'send-lag',
      text: breached === 'send-lag' ? 'send lag p99 3.4 ms, at most 1 ms' : 'send lag p99 0.18 ms, at most 1 ms',
    },
    {
      name: 'achieved',
      held: breached !== 'achieved',
      text:
        breached === 'achieved'
          ? 'achieved 91.2 % of the offered rate, at least 99 %'
          : 'achieved 99.98 % of the offered rate, at least 99 %',
    },
  ];

  function runOf(
    side: BenchmarkSide,
    index: number,
    rateRps: number,
    latencyUs: number | undefined,
    breached?: string,
  ): Run {
    const histogram = newHistogram();
    const lag = newHistogram();
    const each = Array.from({ length: latencyUs === undefined ? 0 : times }, () => {
      const tail = random() < 0.004 ? 6 + 20 * random() : 1;
      return around(latencyUs ?? 0, 0.35) * tail;
    });
    for (const us of each) record(histogram, us);
    for (let count = 0; count < each.length; count++) record(lag, around(40, 0.6));
    const perSecond = Array.from({ length: seconds }, () => {
      const answered = Math.round(around(rateRps, 0.012));
      return {
        offered: answered,
        answered,
        failed: 0,
        ...(latencyUs !== undefined && {
          p50Us: Math.round(around(latencyUs, 0.03)),
          p99Us: Math.round(around(latencyUs * 2.6, 0.14)),
        }),
      };
    });
    const answered = perSecond.reduce((sum, second) => sum + second.answered, 0);
    return {
      side,
      startedAt: new Date(Date.UTC(2026, 10, 27, 3, 0, 0) + index * 12_000).toISOString(),
      result: {
        engine: latencyUs === undefined ? 'autocannon' : 'open-loop',
        engineVersion: latencyUs === undefined ? '9.0.0' : '1',
        durationMs: seconds * 1000,
        offered: answered,
        answered,
        failures: {},
        bytesReceived: answered * 240,
        connectionsOpened: 64,
        ...(latencyUs !== undefined && {
          latency: { since: 'intended' as const, histogram: encodeHistogram(histogram) },
          sendLag: encodeHistogram(lag),
        }),
        seconds: perSecond,
        generator: {
          cpuShare: breached === 'generator-cpu' ? 0.96 : 0.41,
          eventLoopLagP99Us: 310,
          peakMemoryBytes: 118 * 1024 ** 2,
          dropped: 0,
        },
      },
      resources: {
        cpuSeconds: (answered / around(11_000, 0.02)) * (side === 'b' ? 0.8 : 1),
        peakMemoryBytes: Math.round(around(96 * 1024 ** 2, 0.03)),
      },
      guards: guardsOf(breached),
    };
  }

  const figureOf = (
    name: string,
    unit: string,
    better: 'higher' | 'lower',
    side: BenchmarkSide,
    runs: readonly Run[],
    read: (run: Run, index: number) => number,
  ): BenchmarkFigure => {
    const believed = runs.filter(({ guards }) => guards.every(({ held }) => held));
    const breached = runs.flatMap(({ guards }) => guards.filter(({ held }) => !held));
    const isVoid = believed.length < 5;
    const values = (isVoid ? runs : believed).map(read);
    const inOrder = sorted(values);
    return {
      name,
      unit,
      better,
      side,
      runs: values,
      median: { estimate: median(values), lower: inOrder[1] ?? 0, upper: inOrder.at(-2) ?? 0, level: 0.95 },
      ...(isVoid && { void: `${breached.length} of ${runs.length} runs: ${breached[0]?.text}` }),
    };
  };

  let started = 0;
  function pointOf(
    name: string,
    connections: number,
    load: (side: BenchmarkSide) => { rateRps: number; latencyUs?: number; breached?: string },
    rateRps?: number,
  ): Point {
    const runs: Run[] = [];
    for (let index = 0; index < runsPerSide; index++) {
      for (const side of sides) {
        const { rateRps: rate, latencyUs, breached } = load(side);
        runs.push(
          runOf(
            side,
            started++,
            around(rate, 0.02),
            latencyUs === undefined ? undefined : around(latencyUs, 0.04),
            breached,
          ),
        );
      }
    }
    const figures = sides.flatMap((side) => {
      const own = runs.filter((run) => run.side === side);
      const timed = own.some(({ result }) => result.latency !== undefined);
      const at = (percentile: number) => (run: Run) => {
        const p99 =
          run.result.seconds.reduce((sum, second) => sum + (second.p99Us ?? 0), 0) / run.result.seconds.length;
        return (percentile === 50 ? p99 / 2.6 : p99) / 1000;
      };
      return [
        ...(timed
          ? [
              figureOf('latency p50', 'ms', 'lower', side, own, at(50)),
              figureOf('latency p99', 'ms', 'lower', side, own, at(99)),
            ]
          : [
              figureOf(
                'throughput',
                'requests/s',
                'higher',
                side,
                own,
                ({ result }) => result.answered / (result.durationMs / 1000),
              ),
            ]),
        figureOf(
          'requests per CPU-second',
          'requests',
          'higher',
          side,
          own,
          ({ result, resources }) => result.answered / (resources?.cpuSeconds ?? 1),
        ),
        figureOf(
          'peak memory',
          'MiB',
          'lower',
          side,
          own,
          ({ resources }) => (resources?.peakMemoryBytes ?? 0) / 1024 ** 2,
        ),
      ];
    });
    return { name, connections, ...(rateRps !== undefined && { rateRps }), runs, figures };
  }

  const saturation = (connections: number) =>
    pointOf(`${connections} connection${connections === 1 ? '' : 's'}`, connections, (side) => ({
      rateRps: sidesOf[side].capacityRps * (connections / (connections + 9)),
      ...(connections === 256 && side !== 'direct' && { breached: 'generator-cpu' }),
    }));
  const shares = [10, 30, 50, 70, 90];
  const atShare = (share: number) => {
    const rateRps = Math.round((sidesOf.a.capacityRps * share) / 100);
    return pointOf(
      `${share} % of capacity`,
      64,
      (side) => ({
        rateRps,
        latencyUs: sidesOf[side].serviceUs * (1 + 0.25 / (1.03 - rateRps / sidesOf[side].capacityRps)),
        ...(share === 90 && side === 'a' && { breached: 'achieved' }),
      }),
      rateRps,
    );
  };

  const scenarios: Scenario[] = [
    {
      id: 'benchmark/throughput',
      title: 'How much: requests a second, as fast as answers come',
      engine: 'autocannon',
      points: [1, 16, 64, 256].map(saturation),
      findings: {},
    },
    {
      id: 'benchmark/latency',
      title: 'How slow: latency at rates below capacity',
      engine: 'open-loop',
      points: shares.map(atShare),
      findings: {
        capacity: {
          rateRps: 18_400,
          sides: {
            a: { rateRps: 18_400, connections: 64 },
            ...(against && { b: { rateRps: 24_100, connections: 64 } }),
          },
        },
        'knee of a': { rateRps: 14_700, latencyUs: 1900 },
      },
    },
    {
      id: 'benchmark/fresh-connections',
      title: 'A new connection for every request',
      engine: 'open-loop',
      points: [
        pointOf('2,000 requests/s', 64, (side) => ({ rateRps: 2000, latencyUs: sidesOf[side].serviceUs * 2.1 }), 2000),
      ],
      findings: {},
    },
    {
      id: 'benchmark/tls',
      title: 'TLS handshakes',
      engine: 'open-loop',
      points: [],
      problem: 'not tried: the controller was given no certificate',
      findings: {},
    },
  ];
  const pairs = scenarios.flatMap(({ id, points }) =>
    points.flatMap((point) =>
      point.figures
        .filter(({ side }) => side === 'a')
        .flatMap((a) => {
          const b = point.figures.find(({ name, side }) => name === a.name && side === 'b');
          const usable = b !== undefined && a.void === undefined && b.void === undefined && a.name !== 'latency p50';
          return usable ? [{ scenario: id, point: point.name, a, b }] : [];
        }),
    ),
  );
  const judged = judge(pairs.map(({ a, b }) => ({ name: a.name, better: a.better, a: a.runs, b: b.runs })));
  const comparisons = judged.map(({ name, smallestEffect, ...judgement }, index) => ({
    scenario: pairs[index]?.scenario ?? '',
    point: pairs[index]?.point ?? '',
    figure: name,
    ...judgement,
    ...(smallestEffect !== undefined && { smallestEffect }),
  }));
  return {
    profile: 'standard',
    seed,
    runsPerSide,
    ...(against && { against: { name: 'ingress-nginx', title: 'ingress-nginx', version: '1.15.1' } }),
    placement: { pinned: false, text: '2 CPUs for generator, controller and back-ends: too few to pin them apart' },
    conditions: ['From open-loop is taken throughput and latency.'],
    scenarios,
    comparisons,
  };
}
