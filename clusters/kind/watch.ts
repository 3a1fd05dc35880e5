import { createInterface } from 'node:readline';
import { type AssayError, environmentError } from '../../src/model/errors.ts';
import { startPlaced } from '../../src/toolchain/start-placed.ts';
import type { NodeContainer } from './containers.ts';
import { engineOf } from './engine.ts';

/** A watch over containers. */
export interface Watch extends AsyncDisposable {
  /** Aborted, with an AssayError as its reason, when one of them ends or the engine stops. */
  readonly failed: AbortSignal;
  /** Lets the container of that name end without a word, until that is disposed. */
  spare(name: string): Disposable;
}

/** Watches the nodes of a kind cluster. */
export async function watchNodes(nodes: readonly NodeContainer[]): Promise<Watch> {
  const engine = engineOf();
  const filters = nodes.flatMap(({ id }) => ['--filter', `container=${id}`]);
  const events = await startPlaced([
    engine,
    'events',
    ...filters,
    ...['--filter', 'event=die', '--format', '{{.Actor.Attributes.name}} {{.Actor.Attributes.exitCode}}'],
  ]);
  const failed = new AbortController();
  const spared = new Set<string | undefined>();
  const fail = (error: AssayError) => failed.abort(error);
  createInterface({ input: events.stdout }).on('line', (line) => {
    const [name, exitCode] = line.split(' ');
    if (spared.has(name)) return;
    fail(
      environmentError('node-died', `the node container ${name} ended (exit code ${exitCode})`, {
        next: `${engine} info says whether ${engine} itself has stopped, ${engine} logs ${name} why this node did`,
      }),
    );
  });
  events.stderr.resume();
  void events.exited.then(() =>
    fail(
      environmentError('docker-stopped', `${engine} stopped under the run`, { next: `see what ${engine} info says` }),
    ),
  );
  return {
    failed: failed.signal,
    spare(name) {
      spared.add(name);
      return { [Symbol.dispose]: () => void spared.delete(name) };
    },
    [Symbol.asyncDispose]: () => events[Symbol.asyncDispose](),
  };
}
