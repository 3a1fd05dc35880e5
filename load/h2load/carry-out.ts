import { text } from 'node:stream/consumers';
import { connectFailure } from '../../src/load/can-connect.ts';
import { startLeashed } from '../../src/load/leashed-program.ts';
import { namedPipe, unlinkedFile } from '../../src/load/named-pipe.ts';
import { socketsBefore } from '../../src/load/open-sockets.ts';
import { programOf } from '../../src/load/program-of.ts';
import { watchUsage } from '../../src/load/usage.ts';
import type { LoadOrder, LoadResult } from '../../src/model/load.ts';
import { count } from './count.ts';
import { readRequestLog } from './request-log.ts';

/**
 * h2load does not always end: never, where the server closes a connection in good order just as its time is over. Its log is whole by
 * then, so it is ended so long after its time.
 */
const graceMs = 5000;

/** Makes the load with h2load. */
export async function carryOut(order: LoadOrder): Promise<LoadResult> {
  const [target] = order.targets;
  if (target === undefined) throw new Error('the order has no target');
  const h2load = programOf(order, 'h2load');
  const engineVersion = await h2load.version(['--version'], /nghttp2\/(\S+)/);
  const failure = await connectFailure(target, order.timeoutMs);
  const head = { engine: 'h2load', engineVersion, durationMs: order.durationMs };
  if (failure !== undefined) {
    const generator = { cpuShare: 0, dropped: 0 };
    const nothing = { answered: 0, bytesReceived: 0, connectionsOpened: 0, seconds: [], generator };
    return { ...head, offered: 1, failures: { [failure]: 1 }, ...nothing };
  }

  using body = await unlinkedFile('x'.repeat(target.bodyBytes ?? 0));
  const log = await namedPipe();
  const endsMs = performance.now() + order.warmUpMs + order.durationMs; // it begins later than this
  const program = await startLeashed([h2load.path, ...argsFor(order)], { env: h2load.env, fds: [log.fd, body.fd] });
  log[Symbol.dispose]();
  using watch = watchUsage(program.pid);
  const restart = setTimeout(() => void watch.restart(), order.warmUpMs);
  let ended = true;
  const giveUp = setTimeout(
    () => {
      ended = false;
      program.kill();
    },
    order.warmUpMs + order.durationMs + graceMs,
  );
  const [answers, stdout, stderr, { code }, connections = order.connections] = await Promise.all([
    readRequestLog(log.reader, Math.ceil(order.durationMs / 1000)),
    text(program.stdout),
    text(program.stderr),
    program.exited,
    socketsBefore(program.pid, endsMs),
  ]);
  for (const timer of [restart, giveUp]) clearTimeout(timer);
  if (ended ? code !== 0 : !/^Main benchmark duration is over/m.test(stdout))
    throw new Error(`h2load ended with ${code}: ${stderr.trim()}`);
  const { busiestThread, peakMemoryBytes } = watch.usage();
  return {
    ...head,
    ...count(order, { answers, stdout, stderr, endsAtMs: performance.timeOrigin + endsMs, connections }),
    generator: { cpuShare: busiestThread, ...(peakMemoryBytes !== undefined && { peakMemoryBytes }), dropped: 0 },
  };
}

function argsFor(order: LoadOrder): readonly string[] {
  const { targets, connections, threads, protocol, streams = 1 } = order;
  const [target] = targets;
  const scheme = target?.tls ? 'https' : 'http';
  const options = {
    clients: connections,
    threads: Math.min(threads, connections),
    'max-concurrent-streams': protocol === 'h2' ? streams : 1,
    duration: `${Math.ceil(order.durationMs)}ms`,
    'warm-up-time': `${Math.ceil(order.warmUpMs)}ms`,
    'connect-to': `${target?.address}:${target?.port}`,
    'log-file': '/dev/fd/3',
    header: `:method: ${target?.method ?? 'GET'}`,
  };
  return [
    ...Object.entries(options).map(([name, value]) => `--${name}=${value}`),
    ...(protocol === 'h2' ? [] : ['--h1']),
    ...(target?.bodyBytes ? ['--data=/dev/fd/4'] : []),
    ...targets.map(({ host, path }) => `${scheme}://${host}${path}`),
  ];
}
