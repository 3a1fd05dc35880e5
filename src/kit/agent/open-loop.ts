import type { Sample } from '../stream.ts';
import { nowMs } from './clock.ts';
import { runnablePerCpu } from './crowd.ts';
import type { AgentAnswer, AgentProbe } from './protocol.ts';
import { sendProbe } from './send-probe.ts';

const batchMs = 20;

/** A stream that runs: `stop` ends the sending and resolves once the last request has ended. */
export interface OpenLoop {
  stop(): Promise<void>;
}

/**
 * Sends one request at each multiple of the spacing, whatever became of those before: a late tick sends all that are due. Samples
 * are given away in batches, so that memory is bounded by the requests in flight, and these by their time-out.
 */
export function openLoop(request: AgentProbe, spacingMs: number, give: (samples: readonly Sample[]) => void): OpenLoop {
  const startMs = nowMs();
  const inFlight = new Set<Promise<void>>();
  let sent = 0;
  let batch: Sample[] = [];
  let timer: NodeJS.Timeout;

  const flush = () => {
    if (batch.length === 0) return;
    const crowd = runnablePerCpu();
    give(crowd === undefined ? batch : batch.map((one) => ({ ...one, runnablePerCpu: crowd })));
    batch = [];
  };
  const flusher = setInterval(flush, batchMs);

  function send(intendedAtMs: number): void {
    const ended: Promise<void> = sendProbe(request).then((answer) => {
      batch.push(sampleOf(intendedAtMs, answer));
      inFlight.delete(ended);
    });
    inFlight.add(ended);
  }

  function tick(): void {
    for (; startMs + sent * spacingMs <= nowMs(); sent += 1) send(startMs + sent * spacingMs);
    timer = setTimeout(tick, startMs + sent * spacingMs - nowMs());
  }
  tick();

  return {
    async stop() {
      clearTimeout(timer);
      await Promise.all(inFlight);
      clearInterval(flusher);
      flush();
    },
  };
}

function sampleOf(intendedAtMs: number, { outcome, sentAtMs, durationMs }: AgentAnswer): Sample {
  const times = { intendedAtMs, sentAtMs, endedAtMs: sentAtMs + durationMs };
  if (outcome.kind === 'failed') return { ...times, outcome: { kind: 'failed', cause: outcome.cause } };
  const { status, servedBy } = outcome;
  const by = servedBy && { backend: servedBy.backend, pod: servedBy.pod };
  return { ...times, outcome: { kind: 'answered', status, ...by } };
}
