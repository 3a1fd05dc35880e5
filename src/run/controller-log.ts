import type { Kube } from '../kube/kube.ts';
import type { KubernetesObject } from '../model/kubernetes.ts';
import { shortened } from '../model/printable.ts';

/** Lines that are kept of all pods together, the last ones, and characters of each. */
const keptLines = 20;
const keptLength = 1000;
/** Lines asked of each container: other checks run beside this one, and the controller tells of them too. */
const askedLines = 500;

interface Line {
  readonly atMs: number;
  readonly text: string;
}

/** A line as the API gives it: an RFC 3339 time of the node's clock, a space, and what was logged. */
const lineOf = (from: string, text: string): Line => {
  const end = text.indexOf(' ');
  const time = end < 0 ? text : text.slice(0, end);
  const logged = shortened(end < 0 ? '' : text.slice(end + 1), keptLength);
  return { atMs: Date.parse(time), text: `${time} ${from}${logged}` };
};

const containersOf = ({ metadata: { name }, spec }: KubernetesObject): readonly { name: string; container: string }[] =>
  (spec.containers as readonly { name: string }[]).map((container) => ({ name, container: container.name }));

/**
 * What the pods with these labels have logged between two times (in ms since the epoch), the last lines, oldest first. What cannot be
 * read is left out: a log that is missing says nothing of the controller.
 */
export async function controllerLog(
  kube: Pick<Kube, 'list' | 'logs'>,
  { namespace, labels }: { readonly namespace: string; readonly labels: Readonly<Record<string, string>> },
  { sinceMs, untilMs }: { readonly sinceMs: number; readonly untilMs: number },
): Promise<readonly string[]> {
  const pods = await kube.list({ apiVersion: 'v1', kind: 'Pod' }, { namespace, labels }).catch(() => []);
  const containers = pods.flatMap(containersOf);
  const logs = await Promise.all(
    containers.map(async ({ name, container }) => {
      const from = containers.length === 1 ? '' : `[${name}/${container}] `;
      const log = await kube
        .logs({ namespace, name, container }, { tailLines: askedLines, sinceMs, timestamps: true })
        .catch(() => '');
      return log.split('\n').flatMap((text) => (text === '' ? [] : [lineOf(from, text)]));
    }),
  );
  return logs
    .flat()
    .filter(({ atMs }) => atMs >= sinceMs && atMs <= untilMs)
    .sort((a, b) => a.atMs - b.atMs)
    .slice(-keptLines)
    .map(({ text }) => text);
}
