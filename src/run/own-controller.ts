import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import type { Controller } from '../model/controller.ts';
import { messageOf, usageError } from '../model/errors.ts';
import { packageRoot } from '../paths.ts';

/** Whether what `--controller` names is a file of the user's rather than a member of the catalogue. */
export const isControllerFile = (wanted: string): boolean => wanted.includes('/') || /\.(ts|js|mjs)$/.test(wanted);

const text = z.string('must be text').min(1, 'must not be empty');
const method = z.custom((value) => typeof value === 'function', 'must be a function');
const port = z.int('must be a port number').min(1, 'must be a port number').max(65_535, 'must be a port number');
const link = z.url({ protocol: /^https?$/, error: 'must be an address that starts with https://' });

/** What a run needs of a definition. TypeScript says the same to whoever has it checked; nobody has to. */
const shape = z.looseObject({
  name: z.string('must be text').regex(/^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/, 'must be small letters, digits and dashes'),
  title: text,
  version: text,
  homepage: link,
  experimental: z.literal(true, 'must be true or left out').optional(),
  images: z.array(text, 'must be a list of image names'),
  ingressClass: text,
  annotationClass: text.optional(),
  servesUnclassed: z.literal(true, 'must be true or left out').optional(),
  manifests: method,
  chart: method.optional(),
  podLabels: z.record(z.string(), text, 'must be a map of labels'),
  ports: z.object({ http: port, https: port, status: port }, 'must say http, https and status'),
  status: z.object({ path: text, isStatusPage: method }, 'must say path and isStatusPage').optional(),
  pool: method.optional(),
  affinity: z.object({ on: method, off: method }, 'must say on and off').optional(),
  forwardedFor: z.literal(true, 'must be true or left out').optional(),
  knownDeviations: z.array(z.object({ check: text, reason: text, link }), 'must be a list, which may be empty'),
});

/**
 * The controller that a file of the user's defines by its default export; TypeScript is stripped of its types, not checked.
 * `ingress-assay` in it is this very package, wherever the file lies. What cannot be loaded, or lacks something, is a
 * usage error that names the file, and the line where there is one.
 */
export async function readOwnController(wanted: string): Promise<Controller> {
  const file = resolve(wanted);
  const source = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw usageError('controller-unreadable', `${wanted} cannot be read: ${messageOf(cause)}`, {
      next: 'name a file that is there, or a controller of ingress-assay list',
      cause,
    });
  });
  const { createJiti } = await import('jiti'); // compiles TypeScript: a few MiB that most runs do without
  const loader = createJiti(import.meta.url, {
    fsCache: false,
    interopDefault: false,
    alias: { 'ingress-assay': join(packageRoot, 'dist/src/index.js') },
  });
  const module = await loader.import<{ default?: unknown }>(file).catch((cause: unknown) => {
    throw usageError('controller-invalid', `${wanted}${lineIn(file, source, cause)}: ${firstLine(cause)}`, {
      next: 'run again with --verbose for the stack',
      cause,
    });
  });
  const definition = module.default;
  if (typeof definition !== 'object' || definition === null)
    throw usageError('controller-invalid', `${wanted} has no default export that is a controller`, {
      next: 'export default defineController({ … }), with defineController from ingress-assay',
    });
  const { error } = shape.safeParse(definition);
  if (error === undefined) return definition as Controller;
  const faults = error.issues.map(({ path, message }) => {
    const missing = path.reduce<unknown>((value, key) => (value as Record<PropertyKey, unknown>)?.[key], definition);
    return `\n  ${path.join('.')} ${missing === undefined ? 'is missing: it ' : ''}${message}`;
  });
  throw usageError('controller-invalid', `${wanted} does not define a controller:${faults.join('')}`, {
    next: 'the type Controller of ingress-assay says what each is for; docs/own-controller.md has one that works',
  });
}

const firstLine = (thrown: unknown): string => messageOf(thrown).split('\n')[0]?.trim() ?? '';

/** `:<line>` of the file that the loader's message or the stack tells of, and where it imports what is not there; else nothing. */
function lineIn(file: string, source: string, thrown: unknown): string {
  const message = messageOf(thrown);
  const [, absent] = /^Cannot find (?:module|package) '([^']+)'/.exec(message) ?? [];
  if (absent !== undefined) {
    const index = source.split('\n').findIndex((line) => line.includes(absent));
    return index < 0 ? '' : `:${index + 1}`;
  }
  const told = `${message}\n${thrown instanceof Error ? thrown.stack : ''}`;
  const line = /^\d+(:\d+)?/.exec(told.split(`${file}:`)[1] ?? '')?.[0];
  return line === undefined ? '' : `:${line}`;
}
