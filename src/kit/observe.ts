import type { ProbeOutcome, ProbeRequest } from '../model/probe.ts';
import { ask, changing, thrice } from './ask.ts';
import type { Observation } from './check.ts';
import { curlOf } from './curl.ts';
import type { Kit } from './kit.ts';

/**
 * What a controller may make of a request, in words: by the back-end that answered, else by the status (`404`) or its class (`5xx`),
 * else, where no answer came, by the cause.
 */
export type Words = Readonly<Record<string, string>>;

/** The closed list of values that these words leave: them, `otherwise`, and `changing` where answers differ. */
export const valuesOf = (words: Words): readonly string[] => [
  ...new Set([...Object.values(words), 'otherwise', changing]),
];

/** What comes of one request, by default for the check's own host, each of several times. The last exchange is recorded by that name. */
export async function observe(
  kit: Kit,
  request: Omit<ProbeRequest, 'address' | 'port'>,
  words: Words,
  name = 'last answer',
): Promise<Observation> {
  const value = await thrice(async () => {
    const record = await ask(kit, request);
    kit.record(name, { curl: curlOf(record), outcome: record.outcome });
    return wordOf(record.outcome, words);
  });
  return { value };
}

/** The word for an outcome; `otherwise` where there is none. */
export function wordOf(outcome: ProbeOutcome, words: Words): string {
  if (outcome.kind === 'failed') return words[outcome.cause] ?? 'otherwise';
  const { servedBy, status } = outcome;
  const keys = servedBy === undefined ? [`${status}`, `${Math.floor(status / 100)}xx`] : [servedBy.backend];
  return keys.map((key) => words[key]).find((word) => word !== undefined) ?? 'otherwise';
}
