import { setMaxListeners } from 'node:events';
import { createInterface } from 'node:readline';
import type { Cluster, Place } from '../model/cluster.ts';
import { environmentError } from '../model/errors.ts';
import type { ProbeRecord, ProbeRequest } from '../model/probe.ts';
import { smallHeap } from '../model/small-heap.ts';
import { timeouts } from '../model/timeouts.ts';
import { nowMs } from './agent/clock.ts';
import type { AgentProbe, FromAgent, ToAgent } from './agent/protocol.ts';
import { vantageOf } from './place.ts';
import { loader, shippedSource } from './shipped-source.ts';
import type { Sample } from './stream.ts';

/** A probe agent that runs at a place. Once it is gone, every call rejects with the error that says why. */
export interface Agent extends AsyncDisposable {
  /** Aborted, with an AssayError as its reason, when the agent ends before it is disposed. */
  readonly gone: AbortSignal;
  probe(request: ProbeRequest): Promise<ProbeRecord>;
  /** Starts a stream; the function returned stops it and resolves after its last sample. Times by the harness's clock. */
  stream(
    request: ProbeRequest,
    spacingMs: number,
    take: (samples: readonly Sample[]) => void,
  ): Promise<() => Promise<void>>;
}

const clockRounds = 8;

let source: Promise<string> | undefined;

/** Starts an agent at a place, by shipping its source there over standard input, and sets its clock by ours. */
export async function startAgent(cluster: Pick<Cluster, 'start'>, place: Place): Promise<Agent> {
  const vantage = vantageOf(place);
  const process = await cluster.start(place, ['node', smallHeap, '-e', loader]);
  const gone = new AbortController();
  setMaxListeners(0, gone.signal); // one for each probe in flight
  const waiting = new Map<number, (line: FromAgent) => void>();
  let complaints = '';
  let lastId = 0;

  process.stdin.on('error', () => {}); // it has ended: `exited` tells
  process.stderr.setEncoding('utf8').on('data', (text: string) => {
    complaints = (complaints + text).slice(-2000);
  });
  createInterface({ input: process.stdout }).on('line', (text) => {
    const line = lineOf(text);
    if (line) waiting.get(line.id)?.(line);
    else complaints = (complaints + text).slice(-2000);
  });
  void process.exited.then(({ code, signal }) => {
    const how = signal === null ? `code ${code}` : signal;
    const why = complaints.trim() === '' ? '' : `: ${complaints.trim()}`;
    gone.abort(
      environmentError('agent-gone', `the probe agent at ${vantage} ended (${how})${why}`, {
        next:
          place.kind === 'pod'
            ? `check that the pod still runs: kubectl -n ${place.namespace} describe pod ${place.name}`
            : 'look at the logs of the cluster',
      }),
    );
  });

  const say = (line: ToAgent) => process.stdin.write(`${JSON.stringify(line)}\n`);

  /** Says a line and resolves with the line of the wanted kind that answers it; other answers go to `aside`. */
  function ask<K extends FromAgent['kind']>(
    line: ToAgent,
    wanted: K,
    withinMs: number,
    aside: (line: FromAgent) => void = () => {},
  ): Promise<Extract<FromAgent, { kind: K }>> {
    return new Promise((resolve, reject) => {
      const end = (error?: unknown) => {
        clearTimeout(timer);
        gone.signal.removeEventListener('abort', lost);
        waiting.delete(line.id);
        if (error) reject(error);
      };
      const lost = () => end(gone.signal.reason);
      const timer = setTimeout(
        () => end(environmentError('agent-silent', `the probe agent at ${vantage} said nothing for ${withinMs} ms`)),
        withinMs,
      );
      if (gone.signal.aborted) return lost();
      gone.signal.addEventListener('abort', lost);
      waiting.set(line.id, (answer) => {
        if (answer.kind !== wanted) return aside(answer);
        end();
        resolve(answer as Extract<FromAgent, { kind: K }>);
      });
      say(line);
    });
  }

  /** What to add to the agent's clock to get ours, from the quickest of several round trips. */
  async function clockOffset(): Promise<number> {
    const rounds: { readonly tookMs: number; readonly offsetMs: number }[] = [];
    for (let round = 0; round < clockRounds; round += 1) {
      const askedMs = nowMs();
      const { nowMs: theirsMs } = await ask({ id: ++lastId, kind: 'clock' }, 'clock', timeouts.agentMs);
      const tookMs = nowMs() - askedMs;
      rounds.push({ tookMs, offsetMs: askedMs + tookMs / 2 - theirsMs });
    }
    return rounds.reduce((best, one) => (one.tookMs < best.tookMs ? one : best)).offsetMs;
  }

  const decided = (request: ProbeRequest): AgentProbe => ({ timeoutMs: timeouts.probeMs, ...request });

  async function end(): Promise<void> {
    process.stdin.end();
    await process[Symbol.asyncDispose]();
  }

  source ??= shippedSource('src/kit/agent/main.ts');
  process.stdin.write(`${await source}\n`);
  const offsetMs = await clockOffset().catch(async (thrown) => {
    await end();
    throw thrown;
  });

  return {
    gone: gone.signal,

    async probe(request) {
      const wanted = decided(request);
      const { answer } = await ask(
        { id: ++lastId, kind: 'probe', request: wanted },
        'probe',
        wanted.timeoutMs + timeouts.agentMs,
      );
      return { vantage, request, ...answer, sentAtMs: answer.sentAtMs + offsetMs };
    },

    async stream(request, spacingMs, take) {
      gone.signal.throwIfAborted();
      const wanted = decided(request);
      const id = ++lastId;
      const hear = (line: FromAgent) => {
        if (line.kind === 'samples') take(line.samples.map((sample) => byOurClock(sample, offsetMs)));
      };
      waiting.set(id, hear);
      say({ id, kind: 'stream', request: wanted, spacingMs });
      return async () => {
        await ask({ id, kind: 'stop' }, 'ended', wanted.timeoutMs + timeouts.agentMs, hear);
      };
    },

    [Symbol.asyncDispose]: end,
  };
}

/** A line of the agent's; `undefined` for what something else printed. */
function lineOf(text: string): FromAgent | undefined {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const byOurClock = (sample: Sample, offsetMs: number): Sample => ({
  ...sample,
  intendedAtMs: sample.intendedAtMs + offsetMs,
  sentAtMs: sample.sentAtMs + offsetMs,
  endedAtMs: sample.endedAtMs + offsetMs,
});
