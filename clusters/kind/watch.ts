import { type AssayError, environmentError } from '../../src/model/errors.ts';
import { runLeashed } from '../../src/toolchain/leash.ts';
import type { NodeContainer } from './containers.ts';
import { engineOf } from './engine.ts';

/** A watch over containers. */
export interface Watch extends AsyncDisposable {
  /** Aborted, with an AssayError as its reason, when one of them ends or the engine stops. */
  readonly failed: AbortSignal;
  /** Lets the container of that name end without a word, until that is disposed. */
  spare(name: string): Disposable;
}

/** Watches the nodes of a kind cluster: each by a command that waits for its end, which every engine has. */
export async function watchNodes(nodes: readonly NodeContainer[]): Promise<Watch> {
  const engine = engineOf();
  const stop = new AbortController();
  const failed = new AbortController();
  /** Until when those that may end are spared. */
  const spared = new Map<string, Promise<void>>();
  const fail = (error: AssayError) => failed.abort(error);
  const stopped = new Promise<void>((resolve) => {
    stop.signal.addEventListener('abort', () => resolve());
  });

  async function follow({ id, name }: NodeContainer): Promise<void> {
    for (;;) {
      const end = await runLeashed([engine, 'wait', id], { signal: stop.signal });
      if (end.kind !== 'ended' || end.code !== 0)
        return fail(
          environmentError('engine-stopped', `${engine} stopped under the run`, {
            next: `see what ${engine} info says`,
          }),
        );
      const until = spared.get(name);
      if (until === undefined)
        return fail(
          environmentError('node-died', `the node container ${name} ended (exit code ${end.stdout.join('')})`, {
            next: `${engine} info says whether ${engine} itself has stopped, ${engine} logs ${name} why this node did`,
          }),
        );
      // A check that hangs may never start its node again.
      await Promise.race([until, stopped]);
    }
  }

  const following = Promise.allSettled(nodes.map(follow)); // each rejects once the watch has ended
  return {
    failed: failed.signal,
    spare(name) {
      let end = () => {};
      spared.set(
        name,
        new Promise<void>((resolve) => {
          end = resolve;
        }),
      );
      return {
        [Symbol.dispose]() {
          spared.delete(name);
          end();
        },
      };
    },
    async [Symbol.asyncDispose]() {
      stop.abort(new Error('the watch has ended'));
      await following;
    },
  };
}
