import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { startLeashed } from '../../src/load/leashed-program.ts';
import { namedPipe, unlinkedFile } from '../../src/load/named-pipe.ts';
import { programOf } from '../../src/load/program-of.ts';
import { watchUsage } from '../../src/load/usage.ts';
import type { LoadOrder, LoadResult } from '../../src/model/load.ts';
import { packageRoot } from '../../src/paths.ts';
import { orderForScript, scheduled } from './order-for-script.ts';
import { readLines } from './read-lines.ts';
import { resultOf } from './result-of.ts';

const options = [
  '--quiet',
  '--no-color',
  '--no-usage-report',
  // Without summary and thresholds k6 keeps no samples: they would grow with every request.
  '--summary-mode=disabled',
  '--no-thresholds',
  '--address=',
  '--log-format=raw',
  '--console-output=/dev/fd/4',
];

/** Makes the load with k6. */
export async function carryOut(order: LoadOrder): Promise<LoadResult> {
  const k6 = programOf(order, 'k6');
  const told = orderForScript(order, 'lines');
  using file = await unlinkedFile(JSON.stringify(told));
  const lines = await namedPipe();
  const argv = [k6.path, 'run', ...options, join(packageRoot, 'load/k6/script.ts')];
  const program = await startLeashed(argv, {
    env: { ...k6.env, ...environment(order), ASSAY_ORDER: '/dev/fd/3' },
    fds: [file.fd, lines.fd],
  });
  lines[Symbol.dispose]();
  using watch = watchUsage(program.pid);
  const restart = setTimeout(() => void watch.restart(), told.warmUpMs);
  const [counted, stderr, { code }] = await Promise.all([
    readLines(lines.reader, Math.ceil(order.durationMs / 1000)),
    text(program.stderr),
    program.exited,
    program.stdout.resume(),
  ]);
  clearTimeout(restart);
  if (code !== 0) throw new Error(`k6 ended with ${code}: ${stderr.trim()}`);
  const { cpus, peakMemoryBytes } = watch.usage();
  return resultOf(counted, scheduled(told), {
    engineVersion: await k6.version(['version'], /v(\d[^\s(]*)/),
    durationMs: order.durationMs,
    cpuShare: Math.min(1, cpus / order.threads),
    peakMemoryBytes,
  });
}

/** Go runs as many threads as it is told; HTTP/2 is what k6 speaks over TLS wherever it may. */
const environment = ({ threads, protocol }: LoadOrder): Readonly<Record<string, string>> => ({
  GOMAXPROCS: String(threads),
  ...(protocol === 'h2' ? {} : { GODEBUG: 'http2client=0' }),
});
