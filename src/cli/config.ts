import { readFile } from 'node:fs/promises';
import { isMap, isScalar, LineCounter, type Node, parseDocument } from 'yaml';
import { z } from 'zod';
import { type AssayError, messageOf, usageError } from '../model/errors.ts';
import { suggestion } from '../run/choose.ts';

const name = z.string().min(1);
/** Kubernetes names a namespace or a host after it, so it follows the rule for those. */
const clusterName = z
  .string()
  .regex(/^[a-z0-9]([a-z0-9-]{0,30}[a-z0-9])?$/, 'small letters, digits and dashes; at most 32, no dash at either end');

/** What a run can be told, by `ingress-assay.yaml` and by flags of the same names. */
export const settingsSchema = z.strictObject({
  controller: name.optional(),
  cluster: name.optional(),
  name: clusterName.optional(),
  nodes: z.number().int().min(1).max(9).optional(),
  kubernetes: z
    .string()
    .regex(/^v\d+\.\d+\.\d+$/, 'a version such as v1.37.2')
    .optional(),
  keep: z.boolean().optional(),
  suite: z.array(name).optional(),
  grep: z.string().optional(),
  bail: z.boolean().optional(),
  reporter: name.optional(),
  out: name.optional(),
});
export type Settings = z.infer<typeof settingsSchema>;

export const defaultConfigFile = 'ingress-assay.yaml';

/** Reads a configuration file; where none is named, the default one, which may be absent. Errors name file, line and column. */
export async function readConfig(named: string | undefined): Promise<Settings> {
  const file = named ?? defaultConfigFile;
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (named === undefined && error.code === 'ENOENT') return undefined;
    throw usageError('config-unreadable', `${file} cannot be read: ${messageOf(error)}`, { cause: error });
  });
  return text === undefined ? {} : parseConfig(text, file);
}

/** The settings in the text of a configuration file. */
export function parseConfig(text: string, file: string): Settings {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  const fault = (offset: number | undefined, what: string): AssayError => {
    const place = offset === undefined ? { line: 1, col: 1 } : lines.linePos(offset);
    return usageError('config-invalid', `${file}:${place.line}:${place.col}: ${what}`, {
      next: 'ingress-assay conformance --help says what each setting means',
    });
  };
  const [error] = document.errors;
  if (error !== undefined) throw fault(error.pos[0], error.message.split('\n', 1)[0] ?? error.code);
  const parsed = settingsSchema.safeParse(document.toJS() ?? {});
  if (parsed.success) return parsed.data;

  const [issue] = parsed.error.issues;
  if (issue?.code === 'unrecognized_keys') {
    const [key = ''] = issue.keys;
    const known = Object.keys(settingsSchema.shape);
    throw fault(keyOffset(document.contents, key), `unknown setting "${key}". ${suggestion(key, known)}`);
  }
  const path = issue?.path.map((part) => part as string | number) ?? [];
  const node = document.getIn(path, true) as Node | undefined;
  throw fault(node?.range?.[0], `${path.join('.') || 'the file'}: ${issue?.message}`);
}

function keyOffset(contents: Node | null, key: string): number | undefined {
  if (!isMap(contents)) return undefined;
  const pair = contents.items.find((item) => isScalar(item.key) && item.key.value === key);
  return isScalar(pair?.key) ? pair.key.range?.[0] : undefined;
}

/** Checks what the flags said by the same rules; errors name the flag. */
export function checkFlags(flags: Readonly<Record<string, unknown>>): Settings {
  const known = Object.fromEntries(Object.entries(flags).filter(([key]) => key in settingsSchema.shape));
  const parsed = settingsSchema.safeParse(known);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw usageError('flag-invalid', `--${issue?.path.join('.')}: ${issue?.message}`, {
    next: 'ingress-assay conformance --help',
  });
}
