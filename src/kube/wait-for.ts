import type { Readable } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import type { KubernetesObject } from '../model/kubernetes.ts';
import { timeouts } from '../model/timeouts.ts';
import { type ApiClient, refusal, textOf } from './api-client.ts';
import type { ListWhere } from './kube.ts';
import { type Kind, pathOf, type Resource } from './resources.ts';

/** Between a watch that ended and the next list: a server that ends every watch at once is not run over. */
const relistPauseMs = 50;

/** The query of a list or watch. */
export function queryOf(where: ListWhere, more: Readonly<Record<string, string>> = {}): string {
  const query = new URLSearchParams(more);
  if (where.name !== undefined) query.set('fieldSelector', `metadata.name=${where.name}`);
  if (where.labels !== undefined) {
    query.set(
      'labelSelector',
      Object.entries(where.labels)
        .map(([key, value]) => `${key}=${value}`)
        .join(','),
    );
  }
  const text = query.toString();
  return text === '' ? '' : `?${text}`;
}

/** The objects of one kind, with the version of the list they came in. */
export async function listObjects(
  client: ApiClient,
  resource: Resource,
  kind: Kind,
  where: ListWhere,
  signal?: AbortSignal,
): Promise<{ readonly items: readonly KubernetesObject[]; readonly version: string }> {
  const what = `list ${kind.kind}${where.namespace === undefined ? '' : ` in ${where.namespace}`}`;
  const path = pathOf(resource, where.namespace) + queryOf(where);
  const text = await client.text({ method: 'GET', path, what, signal });
  if (text === undefined) throw refusal(what, 404, `${path} is not there`);
  const list = JSON.parse(text);
  // Items of a list come without their kind.
  const items = (list.items ?? []).map((item: object) => ({ apiVersion: kind.apiVersion, kind: kind.kind, ...item }));
  return { items, version: list.metadata.resourceVersion };
}

/**
 * Tells `seen` of the objects, then of each change, until it returns something. Lists, watches from there, and on any doubt
 * (the watch ends, errs, or is silent for `idleMs`) lists again, so that no stalled watch is ever believed.
 */
export async function watchUntil<T>(
  client: ApiClient,
  resource: Resource,
  kind: Kind,
  where: ListWhere,
  seen: (objects: readonly KubernetesObject[]) => T | undefined,
  signal: AbortSignal,
  idleMs: number = timeouts.watchIdleMs,
): Promise<T> {
  for (;;) {
    signal.throwIfAborted();
    const { items, version } = await listObjects(client, resource, kind, where, signal);
    const objects = new Map(items.map((item) => [keyOf(item), item]));
    const now = seen([...objects.values()]);
    if (now !== undefined) return now;

    const query = queryOf(where, { watch: 'true', allowWatchBookmarks: 'true', resourceVersion: version });
    const path = pathOf(resource, where.namespace) + query;
    for await (const { type, object } of events(client, path, kind, signal, idleMs)) {
      if (type === 'BOOKMARK') continue;
      if (type === 'DELETED') objects.delete(keyOf(object));
      else objects.set(keyOf(object), object);
      const result = seen([...objects.values()]);
      if (result !== undefined) return result;
    }
    await pause(relistPauseMs, undefined, { signal }).catch(() => {}); // its reason is thrown above
  }
}

interface WatchEvent {
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED' | 'BOOKMARK' | 'ERROR';
  readonly object: KubernetesObject;
}

/** The events of one watch; returns when it ends, errs or falls silent. */
async function* events(
  client: ApiClient,
  path: string,
  kind: Kind,
  signal: AbortSignal,
  idleMs: number,
): AsyncGenerator<WatchEvent> {
  const what = `watch ${kind.kind}`;
  const { status, body } = await client.open({ method: 'GET', path, what, signal });
  if (status !== 200 && status !== 410) throw refusal(what, status, await textOf(body));
  const idle = setTimeout(() => body.destroy(), idleMs);
  try {
    for await (const line of linesOf(body)) {
      idle.refresh();
      const event: WatchEvent = JSON.parse(line);
      if (event.type === 'ERROR') return;
      yield event;
    }
  } finally {
    clearTimeout(idle);
    body.destroy();
  }
}

/** The complete lines of a stream, until it ends or breaks: a broken watch is an ended one. */
async function* linesOf(stream: Readable): AsyncGenerator<string> {
  let rest = '';
  stream.setEncoding('utf8');
  const chunks = stream[Symbol.asyncIterator]();
  for (;;) {
    const chunk = await chunks.next().catch(() => ({ done: true, value: '' }));
    if (chunk.done) return;
    const lines = (rest + chunk.value).split('\n');
    rest = lines.pop() ?? '';
    yield* lines;
  }
}

const keyOf = ({ metadata }: KubernetesObject): string => `${metadata.namespace ?? ''}/${metadata.name}`;
