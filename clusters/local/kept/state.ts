import { existsSync, watch } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { environmentError, exitCodes, messageOf, usageError } from '../../../src/model/errors.ts';
import { identify, runs } from './process.ts';

const program = z.object({ pid: z.number(), startTicks: z.string() });
const failure = z.object({
  code: z.string(),
  exitCode: z.literal(Object.values(exitCodes)).optional(),
  message: z.string(),
  next: z.string().optional(),
  log: z.string().optional(),
});
const facts = z.object({
  name: z.string(),
  nodes: z.array(z.object({ name: z.string(), address: z.string(), podCidr: z.string() })).readonly(),
  images: z.record(z.string(), z.string()).default({}),
  versions: z.record(z.string(), z.string()),
  kubeconfig: z.string(),
  apiPort: z.number(),
  pid: z.number(),
  logFolder: z.string(),
});
const schema = z.object({
  keeper: program,
  sinceMs: z.number(),
  phase: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('starting') }),
    z.object({ kind: z.literal('running'), facts }),
    z.object({ kind: z.literal('failed'), failure }),
  ]),
});

/** What is written down of a kept cluster. */
export type Kept = z.infer<typeof schema>;

/** Where kept clusters are written down, one folder each. */
export const clustersFolder = (env: NodeJS.ProcessEnv = process.env): string =>
  join(env.XDG_STATE_HOME || join(homedir(), '.local', 'state'), 'ingress-assay', 'clusters');

const namePattern = /^[a-z0-9]([-a-z0-9]{0,38}[a-z0-9])?$/;

/** The folder of one kept cluster. The name is a usage error where it could not be a folder's or a host's. */
export function folderOf(name: string): string {
  if (namePattern.test(name)) return join(clustersFolder(), name);
  throw usageError('cluster-name', `"${name}" cannot name a cluster: at most 40 of a-z, 0-9 and, inside, "-"`);
}

/** Where the logs of a kept cluster are. */
export const logFolderOf = (name: string): string => join(folderOf(name), 'logs');
/** Where its kubeconfig is. */
export const kubeconfigOf = (name: string): string => join(folderOf(name), 'kubeconfig');

const stateFile = (folder: string): string => join(folder, 'state.json');

async function writeWhole(file: string, text: string): Promise<void> {
  const unfinished = `${file}.${process.pid}`;
  await writeFile(unfinished, text, { mode: 0o600 });
  await rename(unfinished, file);
}

/**
 * Takes a name for this process, as its keeper; false where another has it. A folder appears under the name at once with
 * its state in it, so that of two who want it one wins.
 */
export async function claim(name: string): Promise<boolean> {
  const keeper = await identify(process.pid);
  if (keeper === undefined) throw environmentError('cluster-state', '/proc does not show this process');
  const folder = folderOf(name);
  const unfinished = `${folder}.${process.pid}.claim`;
  const state: Kept = { keeper, sinceMs: Date.now(), phase: { kind: 'starting' } };
  try {
    await mkdir(unfinished, { recursive: true, mode: 0o700 });
    await writeFile(stateFile(unfinished), JSON.stringify(state), { mode: 0o600 });
    await rename(unfinished, folder);
    return true;
  } catch (error) {
    await rm(unfinished, { recursive: true, force: true }).catch(() => {});
    if (['ENOTEMPTY', 'EEXIST'].includes((error as NodeJS.ErrnoException).code ?? '')) return false;
    throw environmentError('cluster-state', `cannot write ${folder}: ${messageOf(error)}`, {
      next: 'free some room, or let XDG_STATE_HOME name a folder that you may write to',
      cause: error,
    });
  }
}

/** Writes down how a cluster of ours fares now. */
export async function record(name: string, phase: Kept['phase']): Promise<void> {
  const kept = await read(name);
  if (kept === undefined) return;
  if (phase.kind === 'running') await writeWhole(kubeconfigOf(name), phase.facts.kubeconfig);
  await writeWhole(stateFile(folderOf(name)), JSON.stringify({ ...kept, phase } satisfies Kept));
}

async function read(name: string): Promise<Kept | undefined> {
  const written = await readFile(stateFile(folderOf(name)), 'utf8').catch(() => undefined);
  if (written === undefined) return undefined;
  try {
    const state: unknown = JSON.parse(written);
    const { success, data } = schema.safeParse(state);
    return success ? data : ofAnotherVersion(state);
  } catch {
    return undefined;
  }
}

/** What another version of this program has written down, whose keeper may run still: it can be removed, no more. */
function ofAnotherVersion(state: unknown): Kept {
  const { keeper, sinceMs } = schema.pick({ keeper: true, sinceMs: true }).parse(state);
  const message = 'it was made by another version of ingress-assay, which writes it down in another way';
  return { keeper, sinceMs, phase: { kind: 'failed', failure: { code: 'cluster-state', message } } };
}

/** Calls `onGone` once nothing is written down of a cluster any more: nobody would find it. */
export function watchRecord(name: string, onGone: () => void): void {
  const file = stateFile(folderOf(name));
  watch(folderOf(name), { persistent: false }, () => {
    if (!existsSync(file)) onGone();
  }).on('error', () => {});
}

/** Strikes a cluster off: its folder goes, logs and all. */
export const forget = (name: string): Promise<void> => rm(folderOf(name), { recursive: true, force: true });

/**
 * The kept cluster of that name, if there is one. What a keeper that was killed left behind is removed on the way; of a
 * cluster that failed the state and the logs stay, until someone removes it.
 */
export async function findKept(name: string): Promise<Kept | undefined> {
  const kept = await read(name);
  if (kept?.phase.kind === 'failed' || (kept !== undefined && (await runs(kept.keeper)))) return kept;
  await forget(name);
  return undefined;
}

/** Every kept cluster by name, those that failed included. */
export async function allKept(): Promise<ReadonlyMap<string, Kept>> {
  const entries = await readdir(clustersFolder()).catch(() => []);
  const found = new Map<string, Kept>();
  for (const name of entries.sort()) {
    const kept = namePattern.test(name) ? await findKept(name) : undefined;
    if (kept !== undefined) found.set(name, kept);
    else await sweepClaim(name);
  }
  return found;
}

/** Removes what a process left that was killed while it claimed a name. */
async function sweepClaim(entry: string): Promise<void> {
  const pid = /\.(\d+)\.claim$/.exec(entry)?.[1];
  if (pid !== undefined && (await identify(Number(pid))) === undefined)
    await rm(join(clustersFolder(), entry), { recursive: true, force: true });
}
