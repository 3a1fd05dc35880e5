import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import type { Installed } from '../model/program.ts';

/** What lies in `<program>/<version>-<key>/entry.json` of the cache. Paths are relative to that folder. */
const entrySchema = z.object({
  name: z.string(),
  version: z.string(),
  from: z.string(),
  executable: z.string(),
  libraries: z.array(z.string()),
  sizeBytes: z.number(),
  modifiedAtMs: z.number(),
  sha256: z.string(),
});
type Entry = z.infer<typeof entrySchema>;

export type CacheLook =
  | { readonly kind: 'present'; readonly installed: Installed }
  | { readonly kind: 'absent' }
  | { readonly kind: 'damaged'; readonly reason: string };

/** What a cache folder of one program holds. An executable whose size or time changed must still have its sum. */
export async function readEntry(folder: string): Promise<CacheLook> {
  const text = await readFile(join(folder, 'entry.json'), 'utf8').catch(() => undefined);
  if (text === undefined) {
    const there = await stat(folder).catch(() => undefined);
    return there === undefined ? { kind: 'absent' } : { kind: 'damaged', reason: 'entry.json is missing' };
  }
  const entry = parse(text);
  if (entry === undefined) return { kind: 'damaged', reason: 'entry.json does not parse' };
  const path = join(folder, entry.executable);
  const file = await stat(path).catch(() => undefined);
  if (file === undefined) return { kind: 'damaged', reason: `${entry.executable} is missing` };
  if (file.size !== entry.sizeBytes) return { kind: 'damaged', reason: `${entry.executable} has another size` };
  if (file.mtimeMs !== entry.modifiedAtMs && (await sha256OfFile(path)) !== entry.sha256) {
    return { kind: 'damaged', reason: `${entry.executable} has another sum` };
  }
  const { name, version, from } = entry;
  return { kind: 'present', installed: { name, version, path, from, env: libraryPath(folder, entry.libraries) } };
}

/** The environment with which an executable of `folder` finds its libraries. */
export const libraryPath = (folder: string, libraries: readonly string[]): Readonly<Record<string, string>> =>
  libraries.length === 0 ? {} : { LD_LIBRARY_PATH: libraries.map((library) => join(folder, library)).join(':') };

/** Writes down what `folder` holds and moves it to its place in one step; what was there before moves to `aside`. */
export async function publishEntry(
  folder: string,
  place: string,
  aside: string,
  entry: Pick<Entry, 'name' | 'version' | 'from' | 'executable' | 'libraries'>,
): Promise<void> {
  const path = join(folder, entry.executable);
  const { size, mtimeMs } = await stat(path);
  const record: Entry = { ...entry, sizeBytes: size, modifiedAtMs: mtimeMs, sha256: await sha256OfFile(path) };
  await writeFile(join(folder, 'entry.json'), `${JSON.stringify(record, undefined, 2)}\n`);
  await mkdir(dirname(place), { recursive: true });
  await rename(place, aside).catch(() => {});
  await rename(folder, place);
  await rm(aside, { recursive: true, force: true });
}

/** SHA-256 of a file's content, in hexadecimal digits. */
export async function sha256OfFile(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path)) hash.update(chunk);
  return hash.digest('hex');
}

function parse(text: string): Entry | undefined {
  try {
    return entrySchema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}
