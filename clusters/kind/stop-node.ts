import { text } from 'node:stream/consumers';
import { environmentError } from '../../src/model/errors.ts';
import { startPlaced } from '../../src/toolchain/start-placed.ts';
import { engineOf } from './engine.ts';
import type { Watch } from './watch.ts';

/** Stopped until our end of the pipe closes, which it does even if we are killed. */
const whileWeRead = `trap '' PIPE; "$0" stop "$1" >&2 || exit 1; echo stopped; cat >/dev/null; "$0" start "$1" >&2`;

/** Stops the container of a node, which `watch` does not tell of, and starts it again once it is disposed or this process has ended. */
export async function stopNode(name: string, watch: Pick<Watch, 'spare'>): Promise<AsyncDisposable> {
  const engine = engineOf();
  const spared = watch.spare(name);
  const stopping = await startPlaced(['sh', '-c', whileWeRead, engine, name]);
  const said = text(stopping.stderr);
  const ended = async (code: string, what: string, next: string) => {
    const exit = await stopping.exited;
    spared[Symbol.dispose]();
    if (exit.code === 0) return;
    throw environmentError(code, `the node container ${name} ${what}: ${(await said).trim()}`, { next });
  };
  const stopped = await new Promise<boolean>((resolve) => {
    stopping.stdout.once('data', () => resolve(true));
    stopping.stdout.once('end', () => resolve(false));
  });
  if (!stopped) await ended('node-not-stopped', 'cannot be stopped', `${engine} ps --all`);
  return {
    async [Symbol.asyncDispose]() {
      stopping.stdin.end();
      await ended('node-not-started', 'does not start again', `${engine} start ${name}`);
    },
  };
}
