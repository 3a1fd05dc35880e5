import { environmentError } from '../../src/model/errors.ts';
import { engineId, type NodeContainer, nodeContainers } from './containers.ts';
import { engineOf } from './engine.ts';
import { folderOf, forget, kindNameOf, makerRuns, read, type Written } from './state.ts';

/** A kind cluster that this program made, as it fares now. */
export type Ours =
  | { readonly kind: 'starting'; readonly written: Written }
  | { readonly kind: 'running'; readonly written: Written; readonly containers: readonly NodeContainer[] }
  | { readonly kind: 'failed'; readonly written: Written; readonly reason: string };

/**
 * The cluster of ours of that name, if there is one; what is written down of one whose containers are all gone is struck
 * off on the way, unless they may be another engine's. Containers of that name which are not those written down are nobody's business:
 * `undefined`.
 */
export async function findOurs(name: string): Promise<Ours | undefined> {
  const written = await read(name);
  if (written === undefined) return undefined;
  if (written.made === undefined) {
    if (makerRuns(written)) return { kind: 'starting', written };
    return { kind: 'failed', written, reason: 'what made it was killed before it was done' };
  }
  const containers = await containersOf(name, written);
  if (containers === undefined) return { kind: 'failed', written, reason: elsewhere(written) };
  const known = containers.filter(({ id }) => written.made?.containers.includes(id));
  if (known.length === 0) {
    await forget(name);
    return undefined;
  }
  const missing = known.length < written.made.containers.length ? 'one of its nodes is gone' : undefined;
  const stopped = known.find(({ state }) => state !== 'running');
  const reason = missing ?? (stopped && `its node ${stopped.name} is ${stopped.state}`);
  return reason === undefined ? { kind: 'running', written, containers } : { kind: 'failed', written, reason };
}

const elsewhere = ({ engine }: Written): string =>
  `${engine === engineOf() ? `another ${engine}` : engine} has it, not the ${engineOf()} that answers here`;

/** Whether the engine that answers is not the one that it was made with, as far as that was written down. */
async function isElsewhere(written: Written): Promise<boolean> {
  if (written.engine !== undefined && written.engine !== engineOf()) return true;
  return written.engineId !== undefined && written.engineId !== (await engineId());
}

/** Its containers, as the engine that answers has them; nothing where it is another's to say. */
export async function containersOf(name: string, written: Written): Promise<readonly NodeContainer[] | undefined> {
  const containers = await nodeContainers(kindNameOf(name));
  const known = containers.some(({ id }) => written.made?.containers.includes(id));
  return known || !(await isElsewhere(written)) ? containers : undefined;
}

/** The error for a cluster that the engine which answers does not have. */
export const otherEngine = (name: string, written: Written) =>
  environmentError(
    'other-engine',
    `${written.engine} has the kind cluster "${name}", and another engine answers here`,
    {
      next: `set KIND_EXPERIMENTAL_PROVIDER, DOCKER_HOST or the Docker context as when it was made; if that engine is gone, delete ${folderOf(name)}`,
    },
  );

/** The error for a cluster that is there and cannot be joined. */
export const notJoined = (name: string, why: string) =>
  environmentError('cluster-failed', `the kind cluster "${name}" cannot be used: ${why}`, {
    next: `ingress-assay cluster down --cluster kind ${name}`,
  });
