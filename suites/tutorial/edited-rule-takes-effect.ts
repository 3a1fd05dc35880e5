import type { Change } from '../../src/kit/change.ts';
import { defineCheck } from '../../src/kit/check.ts';
import { curlOf } from '../../src/kit/curl.ts';
import { CheckFailed } from '../../src/kit/failure.ts';
import { type ChangeLatency, changeLatency, summaryOf } from '../../src/kit/latency.ts';
import { vantageOf } from '../../src/kit/place.ts';
import { tutorial } from '../../src/kit/requirement.ts';
import type { Sample, Stream } from '../../src/kit/stream.ts';
import { expectNoFault, guardOf } from '../../src/kit/stream-guard.ts';
import { environmentError } from '../../src/model/errors.ts';
import type { Edit } from '../../src/model/kubernetes.ts';
import { timeouts } from '../../src/model/timeouts.ts';

const edits = 10;
const spacingMs = 2;
/** Right answers in a row after each edit: 2.04 s, so that an edit undone after 2 s is seen, and the next one meets an idle controller. */
const confirmations = 1020;
/**
 * How long old and new may be served side by side: from the end of the first answer by the new rule to the sending of the last request
 * that was still answered by the old one. A proxy that replaces its rules as a whole has none of it; one that hands over to new workers
 * was seen to take some tens of ms.
 */
const mixedAtMostMs = 500;
const host = 'website8080.com';
const sides = [
  { service: 'backend-svc-1', backend: 'deploy-test-1' },
  { service: 'backend-svc-2', backend: 'deploy-test-2' },
] as const;

/** One rule of an Ingress, as far as we edit it. */
interface Rule {
  readonly host: string;
  readonly http: { readonly paths: readonly { readonly backend: object }[] };
}

/** Sends the rule of `host` to `service`, all else as it is: a merge patch replaces lists whole. */
const pointAt = (rules: readonly Rule[], service: string): unknown => ({
  spec: {
    rules: rules.map((rule) =>
      rule.host !== host
        ? rule
        : {
            ...rule,
            http: {
              paths: rule.http.paths.map((path) => ({
                ...path,
                backend: { service: { name: service, port: { number: 80 } } },
              })),
            },
          },
    ),
  },
});

/** What is measured of one edit. */
interface Figures extends ChangeLatency {
  readonly mixedMs: number;
}

/** Waits until enough answers in a row are as wanted. */
async function untilInARow(stream: Stream, isWanted: (sample: Sample) => boolean, which: string) {
  let inARow = 0;
  await stream.until(
    `${confirmations} answers in a row ${which}`,
    (sample) => {
      inARow = isWanted(sample) ? inARow + 1 : 0;
      return inARow >= confirmations;
    },
    timeouts.convergeMs,
  );
}

/** How long the old rule was served beside the new one; 0 where it was not. */
function mixedMs(samples: readonly Sample[], change: Change, backend: string): number {
  const since = samples.filter(({ sentAtMs }) => sentAtMs >= change.requestedAtMs);
  const isNew = ({ outcome }: Sample) => outcome.kind === 'answered' && outcome.backend === backend;
  const firstNew = Math.min(...since.filter(isNew).map(({ endedAtMs }) => endedAtMs));
  const stale = since.filter((sample) => sample.outcome.kind === 'answered' && !isNew(sample));
  return Math.max(0, ...stale.map(({ sentAtMs }) => sentAtMs - firstNew));
}

export default defineCheck({
  id: 'tutorial/edited-rule-takes-effect',
  title: `website8080.com moved to the other Service and back, ${edits} edits: each reaches traffic, and no request fails meanwhile`,
  level: 'convention',
  requirement: tutorial(
    'The Nginx ingress controller watches for changes in configuration on the API server and then implements those changes.',
  ),
  after: 'default-back-end',
  exclusive: true,
  async run(kit) {
    const object = {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'Ingress',
      namespace: kit.namespace,
      name: 'nginx-ingress',
    };
    const rules = (await kit.kube.get(object))?.spec.rules as readonly Rule[];
    const edit = (service: string): Edit => ({ object, patch: pointAt(rules, service) });
    await kit.converge({ via: 'nodePort', host, servedBy: sides[0].backend });
    const { place, address, port } = await kit.resolve('nodePort');
    const options = { place, request: { address, port, host }, spacingMs };
    const by = (backend: string) => (sample: Sample) =>
      sample.outcome.kind === 'answered' && sample.outcome.status === 200 && sample.outcome.backend === backend;
    await using stream = await kit.stream(options);
    const done: { readonly service: string; readonly backend: string; readonly change: Change }[] = [];
    const figures = (): readonly ({ readonly to: string } & Figures)[] =>
      done.map(({ service, backend, change }, index) => {
        const fromMs = done[index - 1]?.change.requestedAtMs ?? 0;
        const untilMs = done[index + 1]?.change.requestedAtMs ?? Number.POSITIVE_INFINITY;
        // What was still under way when the next edit was asked for may have been answered by either.
        const samples = stream.samples.filter(({ sentAtMs, endedAtMs }) => sentAtMs >= fromMs && endedAtMs < untilMs);
        return {
          to: service,
          ...changeLatency(samples, change, (answer) => answer.backend === backend),
          mixedMs: mixedMs(samples, change, backend),
        };
      });
    const record = () => {
      const latencies = figures();
      const summary = (figure: keyof Figures) => summaryOf(latencies.flatMap((latency) => latency[figure] ?? []));
      kit.record('reconfiguration latency in ms after the API’s answer', {
        firstCorrect: summary('firstCorrectMs'),
        lastStale: summary('lastStaleMs'),
        mixed: summary('mixedMs'),
        resolution: summary('resolutionMs'),
        guard: guardOf(stream.samples, spacingMs).guard,
        edits: latencies,
      });
      return latencies;
    };
    try {
      // What came before the first edit has to be over as well.
      await untilInARow(stream, by(sides[0].backend), `from ${sides[0].backend} before the first edit`);
      for (let index = 0; index < edits; index++) {
        const { service, backend } = index % 2 === 0 ? sides[1] : sides[0];
        const change = await kit.change([edit(service)]);
        await untilInARow(
          stream,
          (sample) => sample.sentAtMs >= change.requestedAtMs && by(backend)(sample),
          `from ${backend} after the edit`,
        );
        done.push({ service, backend, change });
        // After each edit: what was measured before one that never takes effect is evidence too.
        record();
      }
    } finally {
      await kit.change([edit(sides[0].service)]);
    }
    const all = await stream.stop();
    const latencies = record();
    const backends = sides.map(({ backend }) => backend);
    expectNoFault(kit, all, options, backends, 'no request to fail while the rule is edited');
    const longestMixedMs = Math.max(...latencies.map(({ mixedMs }) => mixedMs));
    // Several pods learn of an edit each in its own time: between them, old beside new is nobody's fault.
    const alone = (await kit.controller.pods()).length === 1;
    if (alone && longestMixedMs > mixedAtMostMs) {
      const { guard } = guardOf(all, spacingMs);
      if (guard !== 'held') {
        const message = `the old rule answered for ${Math.round(longestMixedMs)} ms beside the new one, but the stream is ${guard}`;
        throw environmentError('machine-busy', message, { next: 'see: uptime' });
      }
      throw new CheckFailed({
        expected: `an edit to replace the old rule within ${mixedAtMostMs} ms of its first effect`,
        actual: `the old rule answered requests sent up to ${Math.round(longestMixedMs)} ms later`,
        curl: curlOf({ request: options.request, vantage: vantageOf(place) }),
      });
    }
  },
});
