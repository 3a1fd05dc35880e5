import { environmentError, messageOf } from '../../src/model/errors.ts';
import type { Progress } from '../../src/model/progress.ts';
import { timeouts } from '../../src/model/timeouts.ts';
import { here, runsHere } from '../../src/toolchain/maker.ts';
import { engine } from './containers.ts';
import { engineOf, run } from './engine.ts';
import { haveImages } from './images.ts';

/** The image of the client outside; net-test and the back-ends have the same, so that nothing more has to be pulled. */
const image = 'node:20-slim';
/** The most that an engine gives a container of CPU where several want it: programs that are due go before others. */
const greatestShares = '262144';
/** So that a load generator may send when it is due (`chrt`). */
const mayGoFirst = 'SYS_NICE';
/** What it does by itself. */
const idle = ['node', '-e', 'setInterval(() => {}, 1 << 30)'];
const clusterLabel = 'ingress-assay.dev/client-of';
const makerLabel = 'ingress-assay.dev/made-by';

/** A container on the nodes' network with an address of its own: where programs outside the cluster run. */
export interface Client extends AsyncDisposable {
  readonly id: string;
  /** Whether its programs get CPU before those of other containers, which an engine without root may not see to. */
  readonly goesFirst: boolean;
}

/** Starts the client outside of a kind cluster, once what killed runs left of theirs is gone. */
export async function startClient(
  kindName: string,
  network: string,
  progress: Progress,
  signal: AbortSignal,
): Promise<Client> {
  await removeClients(kindName, isLeftOver);
  await haveImages([image], progress, signal);
  const labels = { [clusterLabel]: kindName, [makerLabel]: `${here}.${process.pid}` };
  const client = await (engineOf() === 'docker' ? byTestcontainers : byCommand)(network, labels);
  const weighed = await run([engineOf(), 'update', '--cpu-shares', greatestShares, client.id], {
    timeoutMs: timeouts.engineMs,
  });
  return { ...client, goesFirst: weighed.code === 0 };
}

type Labels = Readonly<Record<string, string>>;
type Started = Omit<Client, 'goesFirst'>;

async function byTestcontainers(network: string, labels: Labels): Promise<Started> {
  // Loaded only here: it is a large package, and most commands start no container.
  const { GenericContainer } = await import('testcontainers');
  try {
    const container = await new GenericContainer(image)
      .withNetworkMode(network)
      .withLabels(labels)
      .withAddedCapabilities(mayGoFirst)
      .withCommand(idle)
      .start();
    return {
      id: container.getId(),
      [Symbol.asyncDispose]: async () => {
        // Its network may have gone before it: then it is gone as well.
        await container.stop({ timeout: 0 }).catch(() => {});
      },
    };
  } catch (cause) {
    throw environmentError('client-not-started', `the client outside does not start: ${messageOf(cause)}`, {
      next: 'where the image testcontainers/ryuk cannot be had, set TESTCONTAINERS_RYUK_DISABLED=true',
      cause,
    });
  }
}

/** Over the Docker API, testcontainers would need a socket that Podman need not have, and nerdctl has none. */
async function byCommand(network: string, labels: Labels): Promise<Started> {
  const labelled = Object.entries(labels).flatMap(([name, value]) => ['--label', `${name}=${value}`]);
  const id = (
    await engine(['run', '--detach', '--network', network, '--cap-add', mayGoFirst, ...labelled, image, ...idle])
  ).trim();
  return {
    id,
    [Symbol.asyncDispose]: async () => {
      await engine(['rm', '--force', id]).catch(() => {});
    },
  };
}

/** Removes the clients of a kind cluster, or those whose maker is such. */
export async function removeClients(kindName: string, which: (maker: string) => boolean = () => true): Promise<void> {
  const format = `{{.ID}} {{.Label "${makerLabel}"}}`;
  const found = await engine(['ps', '--all', '--filter', `label=${clusterLabel}=${kindName}`, '--format', format]);
  const ids = found.split('\n').flatMap((line) => {
    const [id = '', maker = ''] = line.split(' ');
    return id !== '' && which(maker) ? [id] : [];
  });
  if (ids.length > 0) await engine(['rm', '--force', ...ids]);
}

/** Whether the process that made it ran here and does no more. */
function isLeftOver(maker: string): boolean {
  const end = maker.lastIndexOf('.');
  return maker.slice(0, end) === here && !runsHere(Number(maker.slice(end + 1)));
}
