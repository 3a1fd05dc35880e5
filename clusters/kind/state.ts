import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { homedir, hostname } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { environmentError, messageOf, usageError } from '../../src/model/errors.ts';

const schema = z.object({
  keep: z.boolean(),
  sinceMs: z.number(),
  /** Who made it. */
  host: z.string(),
  pid: z.number(),
  /** Absent while it is being made. */
  made: z
    .object({
      kubernetes: z.string(),
      kind: z.string(),
      /** The ids of its node containers: a cluster of other containers is another's, whatever its name. */
      containers: z.array(z.string()).readonly(),
    })
    .optional(),
});

/** What is written down of a kind cluster of ours, from before it is made until it is gone. */
export type Written = z.infer<typeof schema>;

/** What kind calls the cluster of that name. */
export const kindNameOf = (name: string): string => `ingress-assay-${name}`;

const folder = (env: NodeJS.ProcessEnv = process.env): string =>
  join(env.XDG_STATE_HOME || join(homedir(), '.local', 'state'), 'ingress-assay', 'kind');

const namePattern = /^[a-z0-9]([a-z0-9-]{0,30}[a-z0-9])?$/;

/** The folder of a cluster of ours. A name that could not be a host's is a usage error. */
export function folderOf(name: string): string {
  if (namePattern.test(name)) return join(folder(), name);
  throw usageError('cluster-name', `"${name}" cannot name a cluster: at most 32 of a-z, 0-9 and, inside, "-"`);
}
export const kubeconfigOf = (name: string): string => join(folderOf(name), 'kubeconfig');
export const logFolderOf = (name: string): string => join(folderOf(name), 'logs');
const fileOf = (name: string): string => join(folderOf(name), 'state.json');

/** Writes down that this process makes a cluster of that name; false where one is written down already. */
export async function claim(name: string, keep: boolean): Promise<boolean> {
  try {
    await mkdir(folder(), { recursive: true, mode: 0o700 });
    await mkdir(folderOf(name), { mode: 0o700 });
    await mkdir(logFolderOf(name));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw environmentError('cluster-state', `cannot write ${folderOf(name)}: ${messageOf(error)}`, {
      next: 'free some room, or let XDG_STATE_HOME name a folder that you may write to',
      cause: error,
    });
  }
  await write(name, { keep, sinceMs: Date.now(), host: hostname(), pid: process.pid });
  return true;
}

/** Replaces what is written down of a cluster. */
export async function write(name: string, written: Written): Promise<void> {
  const unfinished = `${fileOf(name)}.${process.pid}`;
  await writeFile(unfinished, JSON.stringify(written), { mode: 0o600 });
  await rename(unfinished, fileOf(name));
}

/** What is written down of a cluster; `undefined` where that is nothing, or nothing this version understands. */
export async function read(name: string): Promise<Written | undefined> {
  try {
    return schema.parse(JSON.parse(await readFile(fileOf(name), 'utf8')));
  } catch {
    return undefined;
  }
}

/** The names of all clusters written down, in order. */
export const names = async (): Promise<readonly string[]> =>
  (await readdir(folder()).catch(() => [])).filter((entry) => namePattern.test(entry)).sort();

/** Strikes a cluster off, logs and all. */
export const forget = (name: string): Promise<void> => rm(folderOf(name), { recursive: true, force: true });

/** Whether the process that made it still runs; of other machines nothing is known, so yes. */
export function makerRuns({ host, pid }: Written): boolean {
  if (host !== hostname()) return true;
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
