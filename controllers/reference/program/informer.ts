import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { setTimeout as pause } from 'node:timers/promises';
import { getFromApi } from './cluster-api.ts';
import type { KubeObject } from './objects.ts';

const relistPauseMs = 100;
/** The server ends a watch after so long; the next one begins with a list, so that nothing is missed for longer. */
const watchSeconds = 20;

interface List<T> {
  readonly metadata: { readonly resourceVersion: string };
  readonly items: readonly T[];
}
interface WatchEvent<T> {
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED' | 'BOOKMARK' | 'ERROR';
  readonly object: T;
}

const keyOf = ({ metadata }: KubeObject): string => `${metadata.namespace ?? ''}/${metadata.name}`;

/** Tells `changed` of all objects below an API path, now and at each change, for as long as the process lives. */
export async function inform<T extends KubeObject>(
  path: string,
  query: Readonly<Record<string, string>>,
  changed: (objects: readonly T[]) => void,
): Promise<never> {
  const get = (more: Record<string, string>) => getFromApi(`${path}?${new URLSearchParams({ ...query, ...more })}`);
  for (;;) {
    try {
      const list: List<T> = JSON.parse(await text(await get({})));
      const objects = new Map(list.items.map((item) => [keyOf(item), item]));
      changed([...objects.values()]);
      const { resourceVersion } = list.metadata;
      const watch = await get({ watch: 'true', resourceVersion, timeoutSeconds: String(watchSeconds) });
      for await (const line of createInterface({ input: watch })) {
        const { type, object }: WatchEvent<T> = JSON.parse(line);
        if (type === 'ERROR') break;
        if (type === 'DELETED') objects.delete(keyOf(object));
        else objects.set(keyOf(object), object);
        changed([...objects.values()]);
      }
      watch.destroy();
    } catch (error) {
      console.error(`${path}: ${error instanceof Error ? error.message : error}`);
    }
    await pause(relistPauseMs);
  }
}
