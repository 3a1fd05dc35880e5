import type { ProbeOutcome } from '../model/probe.ts';
import { ask, changing, seenOf, thrice } from './ask.ts';
import type { BodyCheck } from './check.ts';
import { requestTarget } from './head.ts';
import { ingress, prefix } from './ingress.ts';
import type { Kit } from './kit.ts';
import { refusalOf, refusals } from './refusal.ts';

/** A request-target that proxies read in more than one way. */
export interface OddPath {
  /** As it is sent: one byte for each character. */
  readonly sent: string;
  /** What it becomes where it is normalised; absent where no URI may look like that. */
  readonly normal?: string;
  /** A path of type Prefix that takes the normal form and not what is sent, where there is one that no controller chokes on. */
  readonly route?: string;
  /** Default `GET`. */
  readonly method?: string;
}

/**
 * What may become of an odd path: by which reading its route is chosen, and what the back-end is asked for. It is encoded where what no
 * URI may hold is passed on in escapes.
 */
const fates = [
  'unchanged',
  'normalised',
  'matched normalised, passed on unchanged',
  'matched unchanged, passed on normalised',
  'encoded',
  'passed on as something else',
  'answered by the controller',
  ...refusals,
] as const;
type Fate = (typeof fates)[number];

/** What is no character of a URI (RFC 3986, 2), or a percent sign of no escape, as an escape. */
const encoded = (path: string): string =>
  path.replace(/%(?![0-9A-F]{2})|[^%\w\-.~:/?#[\]@!$&'()*+,;=]/gi, (character) => {
    const code = character.charCodeAt(0).toString(16).toUpperCase();
    return `%${code.padStart(2, '0')}`;
  });

/** What became of it in this outcome. */
export function fateOf({ sent, normal, route }: OddPath, outcome: ProbeOutcome): Fate {
  const refusal = refusalOf(outcome);
  if (refusal !== undefined) return refusal;
  const servedBy = outcome.kind === 'answered' ? outcome.servedBy : undefined;
  if (servedBy === undefined) return 'answered by the controller';
  const target = requestTarget(servedBy.head);
  const isMatchedNormalised = servedBy.backend === 'hit';
  if (target === sent) return isMatchedNormalised ? 'matched normalised, passed on unchanged' : 'unchanged';
  if (target === normal) {
    return isMatchedNormalised || route === undefined ? 'normalised' : 'matched unchanged, passed on normalised';
  }
  return target === encoded(sent) && !isMatchedNormalised ? 'encoded' : 'passed on as something else';
}

/** What is observed where several odd paths that belong to one question meet different fates. */
const depends = 'depends on which';

/**
 * The parts of an observation of what becomes of odd paths. Each is asked for where Prefix `/` leads to `miss` and the route of the
 * normal form to `hit`, so that the route taken tells how it was read; the back-end tells what it was asked for.
 */
export function oddPath(...odd: readonly OddPath[]): Required<Pick<BodyCheck, 'level' | 'values' | 'given' | 'run'>> {
  const routes = [...new Set(odd.flatMap(({ route = [] }) => route))];
  return {
    level: 'observation',
    values: [...fates, changing, ...(odd.length > 1 ? [depends] : [])],
    given: (ground) => [ingress(ground, [prefix('/', 'miss'), ...routes.map((route) => prefix(route, 'hit'))])],
    async run(kit) {
      // Enough to know that the routes are there.
      await kit.converge([{ servedBy: 'miss' }, ...routes.map((path) => ({ path, servedBy: 'hit' }))], {
        faultRate: 0.5,
      });
      const values = new Set<string>();
      for (const one of odd) values.add(await thrice(() => observe(kit, one)));
      const [value = changing] = values;
      return { value: values.size === 1 ? value : depends };
    },
  };
}

async function observe(kit: Kit, odd: OddPath): Promise<Fate> {
  const { sent, method } = odd;
  const { outcome } = await ask(kit, { path: sent, ...(method !== undefined && { method }) });
  kit.record(JSON.stringify(sent), seenOf(outcome));
  return fateOf(odd, outcome);
}
