import { MessageChannel, type MessagePort } from 'node:worker_threads';
import { nowUs } from './clock.ts';

// Timers of Node.js have whole milliseconds, and spinning until a request is due would burn a core. So a thread that does nothing else
// sleeps until then, to some 50 µs, and wakes the one that sends by a message.

/** What both threads hold: when to wake, and when it was last done, in µs. */
export interface AlarmCells {
  /** Changes whenever there is something new for the sleeper. */
  readonly turn: Int32Array;
  readonly times: Float64Array;
}

const [wakeAt, wokenAt] = [0, 1];
const never = Number.POSITIVE_INFINITY;

export const newAlarmCells = (): AlarmCells => ({
  turn: new Int32Array(new SharedArrayBuffer(4)),
  times: new Float64Array(new SharedArrayBuffer(16)).fill(never),
});

/** One end sends, the other is the sleeper's. */
export const alarmLine = (): MessageChannel => new MessageChannel();

/** The sleeper: wakes the other thread through `port` at each time that is set. Ends with its thread. */
export function sleep({ turn, times }: AlarmCells, port: MessagePort): never {
  for (;;) {
    const seen = Atomics.load(turn, 0);
    const leftMs = ((times[wakeAt] as number) - nowUs()) / 1000;
    if (leftMs > 0) {
      Atomics.wait(turn, 0, seen, leftMs);
      continue;
    }
    times[wakeAt] = never;
    times[wokenAt] = nowUs();
    port.postMessage(0);
  }
}

export interface Alarm {
  /** Sees to it that `ring` is called at this time, or before. */
  setFor(us: number): void;
  stop(): void;
}

/** How long the sleeper rests at least: at high rates answers wake the thread anyway. */
const shortestUs = 200;

/** `ring` is told how long ago the sleeper woke: how late this thread's event loop is. */
export function alarm({ turn, times }: AlarmCells, port: MessagePort, ring: (lateUs: number) => void): Alarm {
  let setAt = never;
  port.on('message', () => {
    setAt = never;
    ring(nowUs() - (times[wokenAt] as number));
  });
  return {
    setFor(us) {
      if (us >= setAt) return;
      const at = Math.max(us, nowUs() + shortestUs);
      const sooner = at < setAt;
      setAt = at;
      times[wakeAt] = at;
      // Later than it was to be, the sleeper finds out for itself: to tell it means a switch to its thread and back.
      if (!sooner) return;
      Atomics.add(turn, 0, 1);
      Atomics.notify(turn, 0);
    },
    stop: () => port.close(),
  };
}
