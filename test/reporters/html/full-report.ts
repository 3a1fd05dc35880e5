import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Benchmark } from '../../../src/model/benchmark.ts';
import type { CheckReport, Report } from '../../../src/model/report.ts';
import { packageRoot } from '../../../src/paths.ts';
import { readSuites } from '../../../src/run/catalogue.ts';
import { type Random, seededRandom } from '../../../src/stats/random.ts';
import { sampleReport } from '../../sample-report.ts';

const recorded = JSON.parse(readFileSync(join(packageRoot, 'docs/recorded/traefik.json'), 'utf8')) as {
  readonly did: Readonly<Record<string, string>>;
};
const [, failedSample] = sampleReport.checks;
if (failedSample?.verdict.kind !== 'failed') throw new Error('the sample has a failure');
const { probe } = failedSample.verdict.failure;

const times = (random: Random, count: number, most: number) => Array.from({ length: count }, () => most * random());

function convergence(random: Random, name: string, holds: boolean) {
  const rows = 1 + Math.floor(3 * random());
  return Array.from({ length: rows }, (_, row) => {
    const firstCorrectMs = 40 + 900 * random();
    const right = holds || row > 0;
    return {
      expectation: {
        host: `${name}.path.example`,
        path: row === 0 ? '/foobar' : `/foo/${row}`,
        servedBy: row === 0 ? 'miss' : 'hit',
      },
      ...(right && { firstCorrectMs, lastWrongMs: firstCorrectMs - 21 }),
      ...(!right && { lastWrongMs: 3290 }),
      flaps: right && random() < 0.1 ? 1 : 0,
      probes: 25 + Math.floor(40 * random()),
      confirmations: right ? 26 : 0,
      turns: [{ atMs: 1.5, correct: false }, ...(right ? [{ atMs: firstCorrectMs, correct: true }] : [])],
      endedMs: right ? firstCorrectMs + 400 : 3297,
      lastProbe: probe,
    };
  });
}

/** What the checks that change something keep, as they keep it. */
function changesOf(id: string, random: Random, edits: number): Readonly<Record<string, unknown>> {
  switch (id) {
    case 'tutorial/edited-rule-takes-effect': {
      const all = times(random, edits, 1).map((share, index) => {
        const firstCorrectMs = 28 + 140 * share + (share > 0.9 ? 500 : 0);
        return {
          to: `backend-svc-${1 + (index % 2)}`,
          firstCorrectMs,
          lastStaleMs: firstCorrectMs - 1.6,
          resolutionMs: 3.1,
          mixedMs: 0,
        };
      });
      return { 'reconfiguration latency in ms after the API’s answer': { guard: 'held', edits: all } };
    }
    case 'tutorial/scaling-up-grows-the-pool': {
      const pods = ['f6xqk', 'm2w9d', 'p8slz', 'x4t7c'].map((end) => `deploy-test-2-6d5b8f9c4-${end}`);
      const member = (index: number) => `10.244.1.${20 + index}:8080`;
      return {
        'pool over time': {
          listings: [
            { atMs: -80, members: [member(0), member(1)] },
            { atMs: 1640, members: [member(0), member(1), member(2)] },
            { atMs: 2380, members: [0, 1, 2, 3].map(member) },
            { atMs: 3100, members: [0, 1, 2, 3].map(member) },
          ],
          pods: pods.map((pod, index) => ({
            pod,
            address: `10.244.1.${20 + index}`,
            readyMs: index < 2 ? -900 : 1100 + 260 * index,
          })),
          answers: {
            fromMs: -300,
            stepMs: 100,
            byPod: Object.fromEntries(
              pods.map((pod, index) => [
                pod,
                Array.from({ length: 34 }, (_, step) =>
                  index < 2 || step * 100 - 300 > 1600 + 370 * (index - 2) ? Math.round(8 + 16 * random()) : 0,
                ),
              ]),
            ),
          },
        },
        'requests meanwhile': {
          requests: 1710,
          spacingMs: 2,
          sendLagMs: { count: 1710, min: 0, median: 0.04, p90: 0.21, max: 6.3 },
          guard: 'held',
          faults: {},
        },
      };
    }
    case 'tutorial/session-affinity': {
      const pods = ['deploy-test-1-7f9-2kx8p', 'deploy-test-1-7f9-z9v4m'] as const;
      const clients = Array.from({ length: 16 }, (_, index) => [
        `client ${index + 1}`,
        { [pods[random() < 0.5 ? 0 : 1]]: 5 },
      ]);
      return {
        'requests by client and pod': {
          'the first, whose pod was deleted': { [pods[0]]: 50, [pods[1]]: 101 },
          ...Object.fromEntries(clients),
        },
        'clients by pod': { [pods[0]]: 7, [pods[1]]: 9 },
        'after its pod was deleted': { from: pods[0], to: pods[1], requestsThere: 101 },
      };
    }
    default:
      return {};
  }
}

export interface FullReport {
  readonly seed?: number;
  readonly benchmark?: Benchmark;
  /** How many edits of a rule were timed. */
  readonly edits?: number;
}

/** The report of a whole run: every check of the catalogue with the verdict that Traefik was given, and evidence as checks keep it. */
export async function fullReport({ seed = 3, benchmark, edits = 10 }: FullReport = {}): Promise<Report> {
  const random = seededRandom(seed);
  const claims = (await readSuites()).flatMap((suite) => suite.checks);
  const checks = claims.map(({ id, title, level, requirement }): CheckReport => {
    const did = recorded.did[id] ?? 'passed';
    const name = id.replace(/^.*\//, '');
    const failed = did === 'failed';
    const verdict: CheckReport['verdict'] = failed
      ? {
          kind: 'failed',
          failure: {
            expected: 'status 200 from miss',
            actual: 'status 200 from hit (never right in 8 requests over 3297 ms)',
            curl: `curl -sS -i --http1.1 --path-as-is --globoff -H 'Host: ${name}.example' -H User-Agent: -H Accept: http://10.244.1.2:80/foobar  # from pod ingress-assay/net-test`,
            ...(probe && { probe }),
          },
        }
      : level === 'observation'
        ? { kind: 'observed', value: did }
        : { kind: 'passed' };
    return {
      id,
      title,
      level,
      requirement,
      verdict,
      ...(failed && {
        knownDeviation: {
          reason: 'by default a Prefix path is compared letter by letter',
          link: 'https://doc.traefik.io/traefik/',
        },
      }),
      startedAt: '2026-11-27T03:00:00.000Z',
      durationMs: 200 + 3000 * random(),
      evidence: { convergence: convergence(random, name, !failed), ...changesOf(id, random, edits) },
      ...(failed && { controllerLog: ['time="2026-11-27T03:00:01Z" level=warning msg="strictPrefixMatching is off"'] }),
    };
  });
  const { benchmark: _, ...about } = sampleReport;
  return {
    ...about,
    run: {
      startedAt: '2026-11-27T03:00:00.000Z',
      durationMs: 66_000,
      command: ['ingress-assay', 'conformance', '--cluster', 'local'],
      ended: 'completed',
      phases: sampleReport.run.phases,
    },
    checks,
    ...(benchmark && { benchmark }),
  };
}
