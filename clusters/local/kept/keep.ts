import { spawn } from 'node:child_process';
import type { Cluster, ClusterHost, ClusterOptions } from '../../../src/model/cluster.ts';
import { environmentError, usageError } from '../../../src/model/errors.ts';
import { timeouts } from '../../../src/model/timeouts.ts';
import { compiledModule } from '../../../src/paths.ts';
import { clusterOf } from '../cluster.ts';
import { announced, enter, startPlaced } from '../enter.ts';
import { type GivenImages, givenImages } from '../given-images.ts';
import { errorOf } from '../messages.ts';
import { type FromKeeper, showProgress, type ToKeeper } from './messages.ts';
import { hasEnded } from './process.ts';
import { findKept, forget, type Kept } from './state.ts';

/** Makes a cluster that outlives this process, and attaches to it. */
export async function createKept(options: ClusterOptions, host: ClusterHost): Promise<Cluster> {
  const { name, nodes, kubernetes } = options;
  const images = await givenImages(options.flags);
  const existing = await findKept(name);
  if (existing !== undefined && existing.phase.kind !== 'failed') throw taken(name);
  await remove(name);
  // Paths become absolute here: the keeper works elsewhere.
  const flags = { image: Object.entries(images).map((pair) => pair.join('=')) };
  await startKeeper({ name, nodes, kubernetes, flags }, host);
  const cluster = await attach(name, host);
  if (cluster === undefined)
    throw environmentError('cluster-ended', `the cluster "${name}" ended as soon as it was up`);
  return cluster;
}

/** The error for a name that is in use. */
export const taken = (name: string) =>
  usageError('cluster-exists', `there is a local cluster "${name}" already`, {
    next: `use it, remove it with ingress-assay cluster down ${name}, or choose another --name`,
  });

/** Starts a keeper; resolves once its cluster is ready. Should this process end first, so does the keeper. */
async function startKeeper(options: ToKeeper, { progress, signal }: ClusterHost): Promise<void> {
  const child = spawn(process.execPath, [compiledModule('clusters/local/kept/keeper.ts')], {
    cwd: '/',
    detached: true,
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
  const show = showProgress(progress);
  const leave = () => {
    if (child.connected) child.disconnect();
  };
  signal.addEventListener('abort', leave, { once: true });
  try {
    child.send(options);
    await new Promise<void>((resolve, reject) => {
      child.on('message', (message: FromKeeper) => {
        if (message.kind === 'ready') resolve();
        else if (message.kind === 'failed') reject(errorOf(message.failure));
        else show(message);
      });
      child.once('error', reject);
      child.once('exit', (code, by) =>
        reject(
          signal.aborted
            ? signal.reason
            : environmentError('cluster-ended', `the cluster’s keeper ended by itself (${by ?? `exit code ${code}`})`),
        ),
      );
    });
  } finally {
    signal.removeEventListener('abort', leave);
    leave();
    child.unref();
  }
}

/**
 * Attaches to a kept cluster; `undefined` where there is none. One that failed is an error that says so, and so is one
 * for which these images do not stand for the same programs.
 */
export async function attach(
  name: string,
  { toolchain }: Pick<ClusterHost, 'toolchain'>,
  images: GivenImages = {},
): Promise<Cluster | undefined> {
  const kept = await findKept(name);
  if (kept === undefined) return undefined;
  if (kept.phase.kind === 'failed') throw failedError(name, kept.phase.failure.message, kept.phase.failure.log);
  if (kept.phase.kind === 'starting')
    throw environmentError('cluster-starting', `the local cluster "${name}" is still starting`, {
      next: `ingress-assay cluster status ${name}`,
    });
  const { facts } = kept.phase;
  for (const [image, path] of Object.entries(images)) {
    if (facts.images[image] === path) continue;
    const stands = facts.images[image];
    throw usageError(
      'cluster-differs',
      `in the kept cluster ${name} the image ${image} ${stands === undefined ? 'is not one of yours' : `stands for ${stands}`}`,
      { next: `ingress-assay cluster down ${name}, then make it with --image ${image}=${path}` },
    );
  }
  const failed = new AbortController();
  // A process inside ends when the cluster does, however that comes: nothing has to be asked again and again.
  const lifeline = await startPlaced(enter(facts.pid, announced(['sleep', 'infinity'])));
  let detached = false;
  lifeline.exited.then(async () => {
    if (!detached) failed.abort(await whyEnded(name, kept));
  });
  const end = async () => {
    detached = true;
    await lifeline[Symbol.asyncDispose]();
  };
  return clusterOf(facts, { failed: failed.signal, end }, toolchain);
}

const failedError = (name: string, message: string, log: string | undefined) =>
  environmentError('cluster-failed', `the local cluster "${name}" has failed: ${message}`, {
    next: `ingress-assay cluster down ${name}`,
    ...(log === undefined ? {} : { log }),
  });

async function whyEnded(name: string, { keeper }: Kept) {
  await hasEnded(keeper, timeouts.processStopMs);
  const phase = (await findKept(name))?.phase;
  if (phase?.kind === 'failed') return failedError(name, phase.failure.message, phase.failure.log);
  return environmentError('cluster-ended', `the local cluster "${name}" was removed, or its keeper killed`, {
    next: `ingress-assay cluster up --name ${name}`,
  });
}

/** Removes a kept cluster; false where there was none. */
export async function remove(name: string): Promise<boolean> {
  const kept = await findKept(name);
  if (kept === undefined) return false;
  const { keeper } = kept;
  for (const signal of ['SIGTERM', 'SIGKILL'] as const) {
    if (await hasEnded(keeper, 0)) break;
    process.kill(keeper.pid, signal);
    if (await hasEnded(keeper, 2 * timeouts.processStopMs)) break;
  }
  await forget(name);
  return true;
}
