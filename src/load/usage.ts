import { readdir, readFile } from 'node:fs/promises';

/** What a process has used while it was watched. */
export interface Usage {
  /** CPU time over wall time, of all its threads together: 1.5 is one and a half CPUs. */
  readonly cpus: number;
  /** The same of the thread that used most: 0 to 1. */
  readonly busiestThread: number;
  readonly peakMemoryBytes: number | undefined;
}

export interface UsageWatch extends Disposable {
  /** From when the watch began, or was told to begin anew, to the last look. */
  usage(): Usage;
  /** Takes a last look at a process that still runs. */
  look(): Promise<void>;
  /** Forgets what was before: a warm-up. */
  restart(): Promise<void>;
}

/** Between two looks; what a process uses after the last look before its end is not seen. */
const lookEveryMs = 100;

/** Watches a process, by its id or `self`, through /proc. */
export function watchUsage(pid: number | 'self'): UsageWatch {
  let first: Look | undefined;
  let last: Look | undefined;
  let peakMemoryBytes: number | undefined;
  const look = async () => {
    const seen = await lookAt(pid).catch(() => undefined); // it has ended
    if (seen === undefined) return;
    first ??= seen;
    last = seen;
    peakMemoryBytes = seen.peakMemoryBytes ?? peakMemoryBytes;
  };
  void look();
  const timer = setInterval(() => void look(), lookEveryMs);
  return {
    look,
    async restart() {
      first = undefined;
      await look();
    },
    usage() {
      const wallNs = (last?.atNs ?? 0) - (first?.atNs ?? 0);
      if (first === undefined || last === undefined || wallNs <= 0)
        return { cpus: 0, busiestThread: 0, peakMemoryBytes };
      const before = first.threads;
      const used = [...last.threads].map(([thread, ns]) => (ns - (before.get(thread) ?? 0)) / wallNs);
      return {
        cpus: used.reduce((sum, share) => sum + share, 0),
        busiestThread: Math.min(1, Math.max(0, ...used)),
        peakMemoryBytes,
      };
    },
    [Symbol.dispose]: () => clearInterval(timer),
  };
}

interface Look {
  readonly atNs: number;
  /** CPU time of each thread so far, in nanoseconds. */
  readonly threads: ReadonlyMap<string, number>;
  readonly peakMemoryBytes: number | undefined;
}

async function lookAt(pid: number | 'self'): Promise<Look> {
  const threads = new Map<string, number>();
  for (const thread of await readdir(`/proc/${pid}/task`)) {
    const text = await readFile(`/proc/${pid}/task/${thread}/schedstat`, 'utf8').catch(() => ''); // a thread that has ended
    if (text !== '') threads.set(thread, Number(text.split(' ')[0]));
  }
  const atNs = Number(process.hrtime.bigint());
  const kibibytes = /^VmHWM:\s+(\d+) kB/m.exec(await readFile(`/proc/${pid}/status`, 'utf8'))?.[1];
  if (threads.size === 0) throw new Error(`process ${pid} has ended`);
  return { atNs, threads, peakMemoryBytes: kibibytes === undefined ? undefined : Number(kibibytes) * 1024 };
}
