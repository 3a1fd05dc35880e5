import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { delimiter, dirname, join, resolve } from 'node:path';
import { parse } from 'yaml';
import { environmentError, messageOf, usageError } from '../../src/model/errors.ts';

/** The files that kubectl would read. */
export interface KubeconfigFiles {
  readonly files: readonly string[];
  /** By which word they were found: `--kubeconfig`, `KUBECONFIG` or the default's path. */
  readonly by: string;
}

/** The file named, else those of `KUBECONFIG`, else `~/.kube/config`. */
export function kubeconfigFiles(named: string | undefined, env: NodeJS.ProcessEnv = process.env): KubeconfigFiles {
  if (named !== undefined) return { files: [resolve(named)], by: '--kubeconfig' };
  const listed = (env.KUBECONFIG ?? '').split(delimiter).filter((file) => file !== '');
  if (listed.length > 0) return { files: listed.map((file) => resolve(file)), by: 'KUBECONFIG' };
  return { files: [join(env.HOME ?? homedir(), '.kube', 'config')], by: '~/.kube/config' };
}

interface Named {
  readonly name: string;
  // biome-ignore lint/suspicious/noExplicitAny: a kubeconfig's credentials have many shapes, none of which concern us
  readonly [field: string]: any;
}

/** What all files say together: of several entries of a name the first counts, as for kubectl. */
export interface Kubeconfig {
  readonly contexts: readonly Named[];
  readonly clusters: readonly Named[];
  readonly users: readonly Named[];
}

const kinds = ['contexts', 'clusters', 'users'] as const;

/** Where a file names another, relative to itself. */
const pathFields = ['certificate-authority', 'client-certificate', 'client-key', 'tokenFile'];

function withAbsolutePaths(entry: Named, folder: string): Named {
  const absolute = (value: Record<string, unknown>) =>
    Object.fromEntries(
      Object.entries(value).map(([key, field]) => [
        key,
        pathFields.includes(key) && typeof field === 'string' ? resolve(folder, field) : field,
      ]),
    );
  const { name, ...rest } = entry;
  const parts = Object.entries(rest).map(([key, value]) => [
    key,
    typeof value === 'object' && value !== null ? absolute(value) : value,
  ]);
  return { name, ...Object.fromEntries(parts) };
}

const isList = (value: unknown): value is readonly Named[] =>
  Array.isArray(value) && value.every((one) => typeof one?.name === 'string');

async function readOne(file: string): Promise<Kubeconfig | undefined> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw environmentError('kubeconfig-unreadable', `${file} cannot be read: ${messageOf(error)}`, {
      next: 'name another with --kubeconfig',
      cause: error,
    });
  });
  if (text === undefined) return undefined;
  const broken = (what: string, cause?: unknown) =>
    environmentError('kubeconfig-invalid', `${file} is no kubeconfig: ${what}`, {
      next: `kubectl config view --kubeconfig=${file}`,
      cause,
    });
  let document: unknown;
  try {
    document = parse(text);
  } catch (error) {
    throw broken(messageOf(error).split('\n')[0] ?? '', error);
  }
  const lists = kinds.map((kind) => {
    const list = (document as Record<string, unknown> | null)?.[kind] ?? [];
    if (!isList(list)) throw broken(`its ${kind} are not a list of things with a name`);
    return [kind, list.map((entry) => withAbsolutePaths(entry, dirname(file)))];
  });
  return Object.fromEntries(lists);
}

/** Reads the files. That a file of a list is missing is no error, as for kubectl; that all are, is. */
export async function readKubeconfig({ files, by }: KubeconfigFiles): Promise<Kubeconfig> {
  const read = (await Promise.all(files.map(readOne))).filter((one) => one !== undefined);
  if (read.length === 0) {
    const [error, what] =
      by === '--kubeconfig'
        ? [usageError, `there is no file ${files.join(', ')}`]
        : [environmentError, `there is no kubeconfig: ${files.join(', ')} (${by}) is not there`];
    throw error('kubeconfig-missing', what, { next: 'name the file of your cluster with --kubeconfig' });
  }
  const merged = kinds.map((kind) => {
    const entries = read.flatMap((one) => one[kind]);
    return [kind, entries.filter(({ name }, index) => entries.findIndex((other) => other.name === name) === index)];
  });
  return Object.fromEntries(merged);
}

/** A kubeconfig that knows this context and no other. */
export function onlyContext(config: Kubeconfig, name: string): string {
  const context = config.contexts.find((one) => one.name === name);
  const cluster = config.clusters.find((one) => one.name === context?.context?.cluster);
  const user = config.users.find((one) => one.name === context?.context?.user);
  if (typeof cluster?.cluster?.server !== 'string') {
    throw environmentError('kubeconfig-invalid', `the context "${name}" has no cluster with a server`, {
      next: `kubectl config view --minify --context=${name}`,
    });
  }
  return JSON.stringify({
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': name,
    contexts: [context],
    clusters: [cluster],
    users: user === undefined ? [] : [user],
  });
}
