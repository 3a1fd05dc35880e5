import { text } from 'node:stream/consumers';
import { startLeashed } from '../../src/load/leashed-program.ts';
import { unlinkedFile } from '../../src/load/named-pipe.ts';
import { programOf } from '../../src/load/program-of.ts';
import { watchUsage } from '../../src/load/usage.ts';
import type { LoadFailure, LoadOrder, LoadResult } from '../../src/model/load.ts';
import { wrkScript } from './script.ts';

/** What the script says at the end. Sockets' errors and bytes are of the whole run, a warm-up included. */
interface Said {
  /** In ms since 1970. */
  readonly measuredFromMs: number;
  readonly sent: number;
  readonly all: number;
  readonly right: number;
  readonly other: number;
  readonly four: number;
  readonly five: number;
  readonly short: number;
  readonly foreign: number;
  /** Answers of the measured time after which the server closed the connection. */
  readonly closed: number;
  /** Threads that had no answer within a request's time-out before the end. */
  readonly silentThreads: number;
  readonly bytes: number;
  readonly connect: number;
  readonly broken: number;
  readonly rightBySecond: readonly number[];
  readonly wrongBySecond: readonly number[];
}

/** Makes the load with wrk. */
export async function carryOut(order: LoadOrder): Promise<LoadResult> {
  const wrk = programOf(order, 'wrk');
  const threads = threadsFor(order);
  const [target] = order.targets;
  const url = `${target?.tls ? 'https' : 'http'}://${target?.host}:${target?.port}/`;
  using script = await unlinkedFile(wrkScript(order));
  const seconds = Math.ceil((order.warmUpMs + order.durationMs) / 1000);
  const argv = [wrk.path, '-t', threads, '-c', order.connections, '-d', `${seconds}s`, '-s', '/dev/fd/3', url];
  const program = await startLeashed(argv.map(String), { env: wrk.env, fds: [script.fd] });
  using watch = watchUsage(program.pid);
  const restart = setTimeout(() => void watch.restart(), order.warmUpMs);
  const [stdout, stderr, { code }] = await Promise.all([text(program.stdout), text(program.stderr), program.exited]);
  clearTimeout(restart);

  const said = /^assay (\{.*\})$/m.exec(stdout)?.[1];
  const refused = /unable to connect to .* (Connection refused)/.test(stderr);
  if (said === undefined && !refused) throw new Error(`wrk ended with ${code}: ${stderr.trim() || stdout.trim()}`);
  const { busiestThread, peakMemoryBytes } = watch.usage();
  return {
    engine: 'wrk',
    engineVersion: await wrk.version(['-v'], /^wrk (\S+)/m),
    durationMs: order.durationMs,
    ...(said === undefined ? neverConnected : counted(JSON.parse(said), order, threads)),
    generator: { cpuShare: busiestThread, ...(peakMemoryBytes !== undefined && { peakMemoryBytes }), dropped: 0 },
  };
}

/** wrk tries one connection before it begins, and gives up where that is refused. */
const neverConnected = {
  offered: 1,
  answered: 0,
  failures: { refused: 1 },
  bytesReceived: 0,
  connectionsOpened: 0,
  seconds: [],
};

/** wrk gives each thread as many connections as the next, and leaves out what remains: so no more threads than go into them evenly. */
function threadsFor({ threads, connections }: LoadOrder): number {
  let most = Math.min(threads, connections);
  while (connections % most !== 0) most -= 1;
  return most;
}

function counted(said: Said, order: LoadOrder, threads: number) {
  const { measuredFromMs, right, broken, connect, rightBySecond, wrongBySecond } = said;
  // Where connections break off, what a silent thread has in flight says nothing of the server's silence.
  const inFlight = broken + connect > 0 ? 0 : said.sent - said.all;
  const failures: Partial<Record<LoadFailure, number>> = {
    timeout: Math.min(inFlight, (said.silentThreads * order.connections) / threads),
    'status-4xx': said.four,
    'status-5xx': said.five,
    'wrong-status': said.other,
    'wrong-length': said.short,
    'wrong-back-end': said.foreign,
    unclassified: broken + connect,
  };
  const failed = Object.values(failures).reduce((sum, count) => sum + count, 0);
  const measured = right + said.other + said.four + said.five + said.short + said.foreign;
  return {
    measuredFromMs,
    offered: right + failed,
    answered: right,
    failures: Object.fromEntries(Object.entries(failures).filter(([, count]) => count > 0)),
    bytesReceived: said.all === 0 ? 0 : Math.round((said.bytes * measured) / said.all),
    connectionsOpened: order.connections + broken + said.closed,
    seconds: rightBySecond.map((answered, second) => {
      const failed = wrongBySecond[second] ?? 0;
      return { offered: answered + failed, answered, failed };
    }),
  };
}
