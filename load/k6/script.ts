// Run by k6, which takes the types away itself; its own types are in ./tsconfig.json. It is the same on this machine and in pods.
import { SharedArray } from 'k6/data';
import exec from 'k6/execution';
import http, { type RefinedResponse, type ResponseType } from 'k6/http';
import { Counter, Gauge } from 'k6/metrics';
import type { Options } from 'k6/options';
import { bucketCount, bucketOf } from './latency-bucket.ts';
import {
  type Ending,
  endings,
  mostSeconds,
  type ScriptOrder,
  type ScriptTarget,
  startMark,
  startName,
  summaryMark,
} from './script-order.ts';

const file = __ENV.ASSAY_ORDER ?? './order.json';
const [order] = new SharedArray('order', () => [{ ...JSON.parse(open(file)), targets: [] }]) as unknown as [
  ScriptOrder,
];
const shared = new SharedArray<ScriptTarget>('targets', () => JSON.parse(open(file)).targets);
/** Reading an element of what all share costs as much as parsing it. */
const targets = shared.length <= 64 ? [...shared] : shared;

const scenario = {
  executor: 'constant-arrival-rate' as const,
  rate: order.rate.count,
  timeUnit: `${order.rate.inMs}ms`,
  preAllocatedVUs: order.connections,
  maxVUs: order.connections,
};

export const options: Options = {
  scenarios: {
    ...(order.warmUpMs > 0 && { warmUp: { ...scenario, duration: `${order.warmUpMs}ms`, gracefulStop: '0s' } }),
    measured: {
      ...scenario,
      startTime: `${order.warmUpMs}ms`,
      duration: `${order.durationMs}ms`,
      gracefulStop: `${order.timeoutMs}ms`,
    },
  },
  hosts: order.addresses,
  noConnectionReuse: order.fresh,
  noVUConnectionReuse: order.fresh,
  insecureSkipTLSVerify: true,
  systemTags: order.tell === 'summary' ? ['scenario'] : [],
  // Only what has a threshold is told by its tag.
  ...(order.tell === 'summary' && { thresholds: { 'dropped_iterations{scenario:measured}': ['count>=0'] } }),
};

// k6 takes null for "judge nothing", and keeps no rate of failures then; its types do not know.
http.setResponseCallback(null as never);

declare const console: { log(line: string): void };

const counters = (prefix: string, count: number) =>
  order.tell === 'lines' ? [] : Array.from({ length: count }, (_, index) => new Counter(`${prefix}_${index}`));
const ended = counters('ended', endings.length);
const latency = counters('latency', bucketCount);
const seconds = Math.ceil(order.durationMs / 1000);
const counted = seconds <= mostSeconds ? seconds : 0;
const answeredIn = counters('answered', counted);
const failedIn = counters('failed', counted);
const [bytes, opened] = counters('sum', 2);
const start = order.tell === 'summary' ? new Gauge(startName) : undefined;
let startTold = false;

function tellStart(): void {
  if (startTold) return;
  startTold = true;
  if (order.tell === 'lines') console.log(`${startMark}${exec.scenario.startTime}`);
  else start?.add(exec.scenario.startTime);
}

/** One request of the schedule. */
export default function once(): void {
  const target = targets[exec.scenario.iterationInTest % targets.length] as ScriptTarget;
  const sentAtMs = Date.now();
  const response = http.request(target.method, target.url, body(target.bodyBytes), {
    headers: { Host: target.host },
    redirects: 0,
    responseType: 'binary',
    timeout: order.timeoutMs,
  });
  if (exec.scenario.name !== 'measured') return;
  tellStart();
  const ending = endings.indexOf(endingOf(response, target));
  // From when the request is k6's HTTP client's: a connection that has to be made first is a part of it.
  const us = Math.round((response.timings.blocked + response.timings.duration) * 1000);
  const length = lengthOf(response);
  const isNew = response.timings.connecting > 0 ? 1 : 0;
  const sinceStartMs = Math.max(0, sentAtMs - exec.scenario.startTime);
  if (order.tell === 'lines') console.log(`${sinceStartMs} ${ending} ${us} ${length} ${isNew}`);
  else {
    ended[ending]?.add(1);
    bytes?.add(length);
    opened?.add(isNew);
    const second = Math.min(seconds - 1, Math.floor(sinceStartMs / 1000));
    if (ending === 0) latency[bucketOf(us)]?.add(1);
    (ending === 0 ? answeredIn : failedIn)[second]?.add(1);
  }
}

const bodies = new Map<number, string>();
function body(length: number): string | null {
  if (length === 0) return null;
  if (!bodies.has(length)) bodies.set(length, 'x'.repeat(length));
  return bodies.get(length) ?? null;
}

const lengthOf = (response: RefinedResponse<ResponseType>): number =>
  response.body === null ? 0 : (response.body as ArrayBuffer).byteLength;

function endingOf(response: RefinedResponse<ResponseType>, { expect }: ScriptTarget): Ending {
  if (response.error_code >= 1000 && response.error_code < 1400) return causeOf(response.error_code, response.error);
  if (response.error_code >= 1600)
    return response.error_code >= 1630 && response.error_code < 1650 ? 'reset' : 'unclassified';
  if (response.proto !== order.proto) return 'unclassified';
  if (response.status !== expect.status) {
    if (response.status >= 500) return 'status-5xx';
    return response.status >= 400 ? 'status-4xx' : 'wrong-status';
  }
  if (expect.bodyBytes !== undefined && lengthOf(response) !== expect.bodyBytes) return 'wrong-length';
  if (expect.servedBy === undefined) return 'answered';
  const [header, name] = expect.servedBy;
  return response.headers[inGoSpelling(header)] === name ? 'answered' : 'wrong-back-end';
}

/** Error codes are k6's, https://grafana.com/docs/k6/latest/javascript-api/error-codes/; those of HTTP itself have words only. */
function causeOf(code: number, words: string): Ending {
  if (code === 1050 || code === 1211) return 'timeout';
  if (code === 1212) return 'refused';
  if (code === 1220 || code === 1201) return 'reset';
  if (/cannot assign requested address|too many open files/.test(words)) return 'no-socket';
  if (/malformed|bad Content-Length|invalid header/i.test(words)) return 'malformed';
  if (/EOF|server closed|connection broken/.test(words)) return 'closed-early';
  return 'unclassified';
}

const spellings = new Map<string, string>();
function inGoSpelling(header: string): string {
  let spelling = spellings.get(header);
  if (spelling === undefined) {
    spelling = header.replace(/(^|-)([a-z])/g, (_, dash: string, letter: string) => dash + letter.toUpperCase());
    spellings.set(header, spelling);
  }
  return spelling;
}

interface Summary {
  readonly metrics: Readonly<Record<string, { readonly values: Readonly<Record<string, number>> }>>;
}

/** At the end of a run that tells sums: one line, with all that is not zero. */
export function handleSummary({ metrics }: Summary): Record<string, string> {
  if (order.tell === 'lines') return {};
  const sums: Record<string, number> = {};
  for (const [name, { values }] of Object.entries(metrics)) {
    if (/^(ended|latency|answered|failed|sum)_\d+$/.test(name) && values.count) sums[name] = values.count;
  }
  const measuredFromMs = metrics[startName]?.values.value;
  if (measuredFromMs !== undefined) sums[startName] = measuredFromMs;
  sums.dropped = metrics['dropped_iterations{scenario:measured}']?.values.count ?? 0;
  return { stdout: `${summaryMark}${JSON.stringify(sums)}\n` };
}
