import { environmentError, messageOf } from '../../src/model/errors.ts';

/** The image of the client outside; net-test and the back-ends have the same. */
const clientImage = 'node:20-slim';

/** What the checks have no use for, or would meet in place of the controller under test. */
const withoutParts = ['traefik', 'servicelb', 'metrics-server'].map((part) => `--disable=${part}`);

/** A node and, on a network of theirs, a client outside of the cluster. */
export interface Containers extends AsyncDisposable {
  readonly kubeconfig: string;
  readonly node: { readonly id: string; readonly name: string; readonly address: string };
  readonly clientId: string;
}

/** Starts both. testcontainers' reaper removes them even after `kill -9`. */
export async function startContainers(name: string, image: string): Promise<Containers> {
  // Loaded only here: they are large packages, and most commands start no container.
  const { GenericContainer, Network } = await import('testcontainers');
  const { K3sContainer } = await import('@testcontainers/k3s');
  const taken: (() => Promise<unknown>)[] = [];
  const giveBack = async () => {
    for (const end of taken.splice(0).reverse()) await end().catch(() => {}); // gone already
  };
  try {
    const network = await new Network().start();
    taken.push(() => network.stop());
    const node = await new K3sContainer(image)
      .withNetwork(network)
      .withCommand(['server', `--node-name=${name}`, ...withoutParts])
      .start();
    taken.push(() => node.stop({ timeout: 0 }));
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
    throw environmentError('k3s-not-started', `k3s does not start: ${messageOf(cause)}`, {
      next: 'where the image testcontainers/ryuk cannot be had, set TESTCONTAINERS_RYUK_DISABLED=true',
      cause,
    });
  }
}
