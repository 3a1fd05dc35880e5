import { join } from 'node:path';
import { environmentError, messageOf } from '../model/errors.ts';
import type { MergedFile } from '../model/reporter.ts';
import { isDiskFull } from '../toolchain/disk-full.ts';
import { writeWhole } from './out-folder.ts';

/** Writes files as they are made, each whole or as it was before; an environment error names the one that could not be written. */
export async function writeMerged(files: AsyncIterable<MergedFile>, folder: string): Promise<readonly string[]> {
  const written: string[] = [];
  for await (const { file, text } of files) {
    const path = join(folder, file);
    try {
      await writeWhole(path, text);
    } catch (cause) {
      const kept = written.length === 0 ? '' : `; ${written.length} before it are whole`;
      throw environmentError('out-unwritable', `${path} cannot be written: ${messageOf(cause)}${kept}`, {
        next: isDiskFull(cause) ? 'free some room, or name another folder' : 'name another folder',
        cause,
      });
    }
    written.push(file);
  }
  return written;
}
