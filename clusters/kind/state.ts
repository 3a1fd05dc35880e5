import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { environmentError, messageOf, usageError } from '../../src/model/errors.ts';
import { here, runsHere } from '../../src/toolchain/maker.ts';
import { engineOf, engines } from './engine.ts';

const schema = z.object({
  keep: z.boolean(),
  sinceMs: z.number(),
  /** Who made it, and where that id means something. */
  host: z.string(),
  pid: z.number(),
  /** Which engine has it: another's command does not see its containers. */
  engine: z.enum(engines).optional(),
  /** Of a Docker engine, by what it is known among others. */
  engineId: z.string().optional(),
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
const [logs, stateFile] = ['logs', 'state.json'] as const;
export const logFolderOf = (name: string): string => join(folderOf(name), logs);
const fileOf = (name: string): string => join(folderOf(name), stateFile);

/** Writes down that this process makes a cluster of that name; false where one is written down already. */
export async function claim(name: string, keep: boolean, engineId?: string): Promise<boolean> {
  // All at once, so that nothing half written stands in the way of the next run. No cluster has a name with a dot.
  const unclaimed = `${folderOf(name)}.${process.pid}`;
  try {
    await mkdir(join(unclaimed, logs), { recursive: true, mode: 0o700 });
    await writeFile(join(unclaimed, stateFile), JSON.stringify(newlyWritten({ keep, engineId })), { mode: 0o600 });
    await rename(unclaimed, folderOf(name));
    return true;
  } catch (error) {
    await rm(unclaimed, { recursive: true, force: true });
    if (['ENOTEMPTY', 'EEXIST'].includes((error as NodeJS.ErrnoException).code ?? '')) return false;
    throw environmentError('cluster-state', `cannot write ${folderOf(name)}: ${messageOf(error)}`, {
      next: 'free some room, or let XDG_STATE_HOME name a folder that you may write to',
      cause: error,
    });
  }
}

/** What there is to write down of a cluster that this process makes. */
export const newlyWritten = (known: Pick<Written, 'keep' | 'engineId' | 'made'>): Written => ({
  ...known,
  sinceMs: Date.now(),
  host: here,
  pid: process.pid,
  engine: engineOf(),
});

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
export const makerRuns = ({ host, pid }: Written): boolean => host !== here || runsHere(pid);
