import type { Kube } from '../kube/kube.ts';
import type { KubernetesObject } from '../model/kubernetes.ts';
import { shortened } from '../model/printable.ts';

/** What is kept of all pods together: so many lines, so many characters of each, and of all of them. */
const keptLines = 20;
const keptLength = 1000;
const keptCharacters = 8000;
/** Lines asked of each container: other checks run beside this one, and the controller tells of them too. */
const askedLines = 1000;

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

/** The last of these lines that there is room for, after those that name what it is about. */
function kept(lines: readonly Line[], about: string): readonly Line[] {
  const named = lines.filter(({ text }) => text.includes(about));
  const others = lines.filter((line) => !named.includes(line));
  const chosen = new Set<Line>();
  let characters = 0;
  for (const line of [...named.reverse(), ...others.reverse()].slice(0, keptLines)) {
    characters += line.text.length;
    if (characters > keptCharacters) break;
    chosen.add(line);
  }
  return lines.filter((line) => chosen.has(line));
}

/**
 * What the pods with these labels have logged between two times (in ms since the epoch), the last lines, oldest first: those that name
 * what it is about (a host), and as many others as there is room for. What cannot be read is left out: a log that is missing says nothing
 * of the controller.
 */
export async function controllerLog(
  kube: Pick<Kube, 'list' | 'logs'>,
  { namespace, labels }: { readonly namespace: string; readonly labels: Readonly<Record<string, string>> },
  { sinceMs, untilMs, about }: { readonly sinceMs: number; readonly untilMs: number; readonly about: string },
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
  const lines = logs
    .flat()
    .filter(({ atMs }) => atMs >= sinceMs && atMs <= untilMs)
    .sort((a, b) => a.atMs - b.atMs);
  return kept(lines, about).map(({ text }) => text);
}
