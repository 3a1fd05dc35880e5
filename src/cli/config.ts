import { readFile } from 'node:fs/promises';
import { isMap, isScalar, LineCounter, type Node, parseDocument } from 'yaml';
import { z } from 'zod';
import type { ProviderFlag } from '../model/cluster.ts';
import { type AssayError, messageOf, usageError } from '../model/errors.ts';
import { profiles } from '../model/scenario.ts';
import { failOnChoices } from '../model/summary.ts';
import { fewestRuns } from '../run/benchmark/profiles.ts';
import { suggestion } from '../run/choose.ts';

const name = z.string('must be text').min(1, 'must not be empty');
const flag = z.boolean('must be true or false');
const nodes = 'must be a whole number from 1 to 9';
const seconds = 'must be seconds, from 1 to 86400';
const rate = 'must be requests a second, from 1 to 10000000';
/** A whole number within bounds that its message names. */
const whole = (low: number, high: number) => {
  const message = `must be a whole number from ${low} to ${high}`;
  return z.number(message).int(message).min(low, message).max(high, message);
};
/** Kubernetes names a namespace or a host after it, so it follows the rule for those. */
const clusterName = z
  .string('must be text')
  .regex(
    /^[a-z0-9]([a-z0-9-]{0,30}[a-z0-9])?$/,
    'must be of small letters, digits and dashes; at most 32, no dash at either end',
  );

/** What a run can be told, by `ingress-assay.yaml` and by flags of the same names; providers may add to it. */
const settingsSchema = z.strictObject({
  controller: name.optional(),
  cluster: name.optional(),
  name: clusterName.optional(),
  nodes: z.number(nodes).int(nodes).min(1, nodes).max(9, nodes).optional(),
  kubernetes: z
    .string('must be text')
    .regex(/^v\d+\.\d+(\.\d+)?$/, 'must be a version such as v1.37.2 or v1.37')
    .optional(),
  'ingress-class': name.optional(),
  keep: flag.optional(),
  suite: z.array(name, 'must be a list, such as [tutorial]').optional(),
  grep: z.string('must be text').optional(),
  bail: flag.optional(),
  reporter: name.optional(),
  'fail-on': z.enum(failOnChoices, `must be ${failOnChoices.join(', ')}`).optional(),
  out: name.optional(),
  // Of benchmarks alone.
  against: name.optional(),
  profile: z.enum(profiles, `must be one of ${profiles.join(', ')}`).optional(),
  duration: z.number(seconds).min(1, seconds).max(86_400, seconds).optional(),
  rate: z.number(rate).min(1, rate).max(10_000_000, rate).optional(),
  connections: whole(1, 1_000_000).optional(),
  engine: name.optional(),
  scale: whole(1, 100_000).optional(),
  runs: whole(fewestRuns, 1000).optional(),
  seed: whole(0, 2 ** 31 - 1).optional(),
  'noise-floor': name.optional(),
  distributed: whole(1, 1000).optional(),
});
export type Settings = z.infer<typeof settingsSchema>;

const schemaWith = (providerFlags: readonly ProviderFlag[]) =>
  settingsSchema.extend(Object.fromEntries(providerFlags.map((each) => [each.name, flagValue(each).optional()])));

const flagValue = ({ repeatable }: ProviderFlag) => (repeatable ? z.array(name, 'must be a list of texts') : name);

export const defaultConfigFile = 'ingress-assay.yaml';

/** Reads a configuration file; where none is named, the default one, which may be absent. Errors name file, line and column. */
export async function readConfig(
  named: string | undefined,
  providerFlags: readonly ProviderFlag[] = [],
): Promise<Settings> {
  const file = named ?? defaultConfigFile;
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (named === undefined && error.code === 'ENOENT') return undefined;
    throw usageError('config-unreadable', `${file} cannot be read: ${messageOf(error)}`, {
      next: 'name a file of settings with --config, or leave it out',
      cause: error,
    });
  });
  return text === undefined ? {} : parseConfig(text, file, providerFlags);
}

/** The settings in the text of a configuration file. */
export function parseConfig(text: string, file: string, providerFlags: readonly ProviderFlag[] = []): Settings {
  const schema = schemaWith(providerFlags);
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const fault = (offset: number | undefined, what: string): AssayError => {
    const place = offset === undefined ? { line: 1, col: 1 } : lines.linePos(offset);
    return usageError('config-invalid', `${file}:${place.line}:${place.col}: ${what}`, {
      next: 'ingress-assay conformance --help says what each setting means',
    });
  };
  const [error] = document.errors;
  if (error !== undefined) throw fault(error.pos[0], error.message);
  const parsed = schema.safeParse(document.toJS() ?? {});
  if (parsed.success) return parsed.data;

  const [issue] = parsed.error.issues;
  if (issue?.code === 'unrecognized_keys') {
    const [key = ''] = issue.keys;
    const known = Object.keys(schema.shape);
    throw fault(keyOffset(document.contents, key), `unknown setting "${key}". ${suggestion(key, known)}`);
  }
  const path = issue?.path.map((part) => part as string | number) ?? [];
  const node = document.getIn(path, true) as Node | undefined;
  const what = path.length === 0 ? 'the file must be a map of settings' : `${path.join('.')} ${issue?.message}`;
  throw fault(node?.range?.[0], what);
}

function keyOffset(contents: Node | null, key: string): number | undefined {
  if (!isMap(contents)) return undefined;
  const pair = contents.items.find((item) => isScalar(item.key) && item.key.value === key);
  return isScalar(pair?.key) ? pair.key.range?.[0] : undefined;
}

/** As commander calls the value of `--kind-config`. */
const camelCase = (flag: string): string => flag.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());

/** Checks what the flags said by the same rules; errors name the flag. */
export function checkFlags(
  flags: Readonly<Record<string, unknown>>,
  providerFlags: readonly ProviderFlag[] = [],
): Settings {
  const schema = schemaWith(providerFlags);
  const parsed = schema.safeParse(
    Object.fromEntries(
      Object.keys(schema.shape).flatMap((key) => {
        const value = flags[camelCase(key)];
        return value === undefined ? [] : [[key, value]];
      }),
    ),
  );
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw usageError('flag-invalid', `--${issue?.path.join('.')} ${issue?.message}`, {
    next: 'ingress-assay conformance --help',
  });
}
