import local from '../../../clusters/local/index.ts';
import { catchInterruption } from '../../../src/cli/interruption.ts';
import { messageOf } from '../../../src/model/errors.ts';
import { silentProgress } from '../../../src/model/progress.ts';
import { createToolchain } from '../../../src/toolchain/toolchain.ts';

/*
 * A program that owns a cluster as a run of the harness does: arguments name, log folder. Says `starting` and `ready`, then
 * waits to be interrupted, for the cluster to fail, or for any message, and gives the cluster back.
 */
const [name = '', logFolder = ''] = process.argv.slice(2);
using interruption = catchInterruption(() => {});
const { signal } = interruption;
const host = { progress: silentProgress, signal, toolchain: createToolchain({ progress: silentProgress, signal }) };
const over = new Promise<void>((resolve) => {
  process.once('message', () => resolve());
  signal.addEventListener('abort', () => resolve());
});
process.send?.('starting');
try {
  await using cluster = await local.create({ name, nodes: 1, keep: false, logFolder }, host);
  const failed = new Promise<void>((resolve) => cluster.failed.addEventListener('abort', () => resolve()));
  process.send?.('ready');
  await Promise.race([over, failed]);
  if (cluster.failed.aborted) process.send?.(messageOf(cluster.failed.reason));
} catch (error) {
  process.send?.(messageOf(error));
}
process.exitCode = signal.aborted ? 130 : 0;
if (process.connected) process.disconnect();
