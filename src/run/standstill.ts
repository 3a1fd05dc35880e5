/** Tells whether this process got to run: one that was stopped, or starved, misses what happened and takes its time-outs for the controller's. */
export interface Standstill extends Disposable {
  /** The longest time it stood still since then (in ms since the epoch), in ms; 0 where it never did for long. */
  longestSince(sinceMs: number): number;
}

/** Between two looks; what is late by less is not kept. */
const lookMs = 250;

export function watchStandstill(): Standstill {
  const stops: { readonly endedAtMs: number; readonly lastedMs: number }[] = [];
  let lastMs = performance.now();
  const timer = setInterval(() => {
    const nowMs = performance.now();
    const lastedMs = nowMs - lastMs - lookMs;
    lastMs = nowMs;
    if (lastedMs > lookMs) stops.push({ endedAtMs: Date.now(), lastedMs });
  }, lookMs).unref();
  return {
    longestSince: (sinceMs) =>
      stops.reduce((most, { endedAtMs, lastedMs }) => (endedAtMs >= sinceMs ? Math.max(most, lastedMs) : most), 0),
    [Symbol.dispose]: () => clearInterval(timer),
  };
}
