import { createWriteStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { finished } from 'node:stream/promises';
import type { StartedK3sContainer } from '@testcontainers/k3s';
import type { StartedNetwork } from 'testcontainers';
import { AssayError, environmentError, messageOf } from '../../src/model/errors.ts';

/** The image of the client outside; net-test and the back-ends have the same. */
const clientImage = 'node:20-slim';

/** What the checks have no use for, or would meet in place of the controller under test. */
const withoutParts = ['traefik', 'servicelb', 'metrics-server'].map((part) => `--disable=${part}`);

/** The log of a container that ended being all there. */
const logEndMs = 2_000;

/** A node and, on a network of theirs, a client outside of the cluster. */
export interface Containers extends AsyncDisposable {
  readonly kubeconfig: string;
  readonly node: { readonly id: string; readonly name: string; readonly address: string };
  readonly clientId: string;
}

type Taken = (() => Promise<unknown>)[];

/** Starts both. testcontainers' reaper removes them even after `kill -9`. What the node says until it has started goes to `logFile`. */
export async function startContainers(
  name: string,
  image: string,
  logFile: string,
  signal: AbortSignal,
): Promise<Containers> {
  // Loaded only here: they are large packages, and most commands start no container.
  const { GenericContainer, Network } = await import('testcontainers');
  const taken: Taken = [];
  const giveBack = async () => {
    for (const end of taken.splice(0).reverse()) await end().catch(() => {}); // gone already
  };
  try {
    const network = await new Network().start();
    taken.push(() => network.stop());
    const node = await startNode({ name, image, network, logFile, signal }, taken);
    const client = await new GenericContainer(clientImage)
      .withNetwork(network)
      .withCommand(['node', '-e', 'setInterval(() => {}, 1 << 30)'])
      .start();
    taken.push(() => client.stop({ timeout: 0 }));
    return {
      kubeconfig: node.getKubeConfig(),
      node: { id: node.getId(), name, address: node.getIpAddress(network.getName()) },
      clientId: client.getId(),
      [Symbol.asyncDispose]: giveBack,
    };
  } catch (cause) {
    await giveBack();
    if (cause instanceof AssayError) throw cause;
    throw environmentError('k3s-not-started', `k3s does not start: ${messageOf(cause)}`, {
      next: 'where the image testcontainers/ryuk cannot be had, set TESTCONTAINERS_RYUK_DISABLED=true',
      cause,
    });
  }
}

interface Node {
  readonly name: string;
  readonly image: string;
  readonly network: StartedNetwork;
  readonly logFile: string;
  readonly signal: AbortSignal;
}

async function startNode({ name, image, network, logFile, signal }: Node, taken: Taken): Promise<StartedK3sContainer> {
  const { getContainerRuntimeClient } = await import('testcontainers');
  const { K3sContainer } = await import('@testcontainers/k3s');
  const { container, info } = await getContainerRuntimeClient();
  const log = createWriteStream(logFile).on('error', () => {}); // a full disk: who needs the log will say so
  let said: Readable | undefined;
  const follow = (stream: Readable) => {
    said = stream;
    stream.pipe(log);
  };
  let id: string | undefined;
  const over = new AbortController();
  class NodeContainer extends K3sContainer {
    // One that ends at once is left behind by what started it.
    protected override async containerCreated(created: string) {
      id = created;
      const remove = () => container.getById(created).remove({ force: true, v: true });
      taken.push(remove);
      signal.throwIfAborted();
      // What waits for it to start hears that it is gone.
      signal.addEventListener('abort', () => void remove().catch(() => {}), { signal: over.signal });
    }
  }
  try {
    // The certificate of the API is for names that k3s knows or is told, and to be asked at the engine's is news to it.
    return await new NodeContainer(image)
      .withNetwork(network)
      .withCommand(['server', `--node-name=${name}`, `--tls-san=${info.containerRuntime.host}`, ...withoutParts])
      .withLogConsumer(follow)
      .start();
  } catch (cause) {
    signal.throwIfAborted();
    if (id !== undefined && said === undefined) follow(await container.logs(container.getById(id)));
    if (said !== undefined) await finished(log, { signal: AbortSignal.timeout(logEndMs) }).catch(() => {});
    const lines = (await readFile(logFile, 'utf8').catch(() => '')).split('\n').filter((line) => line.trim() !== '');
    throw environmentError(
      'k3s-not-started',
      [`k3s does not start: ${messageOf(cause)}`, ...lines.slice(-3)].join('\n'),
      {
        next: `see ${logFile}`,
        cause,
      },
    );
  } finally {
    over.abort();
    said?.unpipe(log).resume();
    log.end();
  }
}
