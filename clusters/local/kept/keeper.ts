import { once } from 'node:events';
import { interrupted } from '../../../src/model/errors.ts';
import { createToolchain } from '../../../src/toolchain/toolchain.ts';
import { createOwned } from '../create.ts';
import { failureOf } from '../messages.ts';
import { taken } from './keep.ts';
import { type FromKeeper, type ToKeeper, tellingProgress } from './messages.ts';
import { claim, forget, logFolderOf, record, watchRecord } from './state.ts';

/*
 * The program that owns a kept cluster: nobody's child, in a session of its own. Whoever wants the cluster gone sends
 * SIGTERM. A cluster that fails is written down as failed, with its logs, and its keeper ends.
 */
const stopped = new AbortController();
for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const)
  process.on(signal, () => stopped.abort(interrupted(signal)));
const abandoned = () => stopped.abort(interrupted('the end of the process that wanted it'));
process.once('disconnect', abandoned);

const tell = (message: FromKeeper): void => {
  if (process.connected) process.send?.(message);
};

async function keep(options: ToKeeper): Promise<void> {
  const { name } = options;
  watchRecord(name, () => {
    lost = true;
    stopped.abort(interrupted('the loss of what was written down of it'));
  });
  const { signal } = stopped;
  const progress = tellingProgress(tell);
  const host = { progress, signal, toolchain: createToolchain({ progress, signal }) };
  const { facts, cluster } = await createOwned({ ...options, keep: true, logFolder: logFolderOf(name) }, host);
  try {
    await record(name, { kind: 'running', facts });
    tell({ kind: 'ready' });
    process.off('disconnect', abandoned);
    if (process.connected) process.disconnect();
    const over = AbortSignal.any([signal, cluster.failed]);
    if (!over.aborted) await once(over, 'abort');
  } finally {
    await cluster[Symbol.asyncDispose]();
  }
  if (cluster.failed.aborted && !signal.aborted)
    await record(name, { kind: 'failed', failure: failureOf(cluster.failed.reason) });
  else await giveBack(name);
}

/** Its name may be another's by now, once what was written down of it was lost. */
let lost = false;
const giveBack = async (name: string): Promise<void> => {
  if (!lost) await forget(name);
};

const [options] = (await once(process, 'message')) as [ToKeeper];
try {
  if (!(await claim(options.name))) throw taken(options.name);
  await keep(options).catch(async (error) => {
    await giveBack(options.name);
    throw error;
  });
} catch (error) {
  tell({ kind: 'failed', failure: failureOf(error) });
}
if (process.connected) process.disconnect();
