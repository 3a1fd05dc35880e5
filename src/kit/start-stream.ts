import type { Agents } from './agents.ts';
import type { Sample, Stream, StreamOptions } from './stream.ts';
import { neverCame } from './stream-guard.ts';

/** Starts a stream at its place's agent. If the agent goes, waiting on the stream and stopping it reject with the reason. */
export async function startStream(
  agents: Agents,
  { place, request, spacingMs }: StreamOptions,
  signal: AbortSignal,
): Promise<Stream> {
  const samples: Sample[] = [];
  const watchers = new Set<() => void>();
  const agent = await agents.at(place);
  const stopAgent = await agent.stream(request, spacingMs, (batch) => {
    samples.push(...batch);
    for (const watcher of watchers) watcher();
  });
  const over = AbortSignal.any([signal, agent.gone]);
  let stopped: Promise<readonly Sample[]> | undefined;
  const stop = () => {
    stopped ??= stopAgent().then(() => samples);
    return stopped;
  };

  return {
    samples,
    stop,

    until: (what, wanted, timeoutMs) =>
      new Promise((resolve, reject) => {
        let seen = 0;
        const end = () => {
          clearTimeout(timer);
          watchers.delete(look);
          over.removeEventListener('abort', lost);
        };
        const look = () => {
          for (; seen < samples.length; seen += 1) {
            const sample = samples[seen];
            if (!sample || !wanted(sample)) continue;
            end();
            return resolve(sample);
          }
        };
        const lost = () => {
          end();
          reject(over.reason);
        };
        const timer = setTimeout(() => {
          end();
          reject(neverCame(`${what} within ${timeoutMs} ms`, samples, { place, request, spacingMs }));
        }, timeoutMs);
        if (over.aborted) return lost();
        over.addEventListener('abort', lost);
        watchers.add(look);
        look();
      }),

    async [Symbol.asyncDispose]() {
      await stop().catch(() => {}); // an agent that is gone streams no more
    },
  };
}
