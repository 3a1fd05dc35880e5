import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { environmentError } from '../../src/model/errors.ts';
import { timeouts } from '../../src/model/timeouts.ts';
import { engineOf, run } from './engine.ts';

/** Has kind export what logs its nodes have, those that have stopped too, and returns the files that came of it. */
export async function exportLogs(kind: string, kindName: string, folder: string): Promise<readonly string[]> {
  await mkdir(folder, { recursive: true });
  const before = new Set(await filesIn(folder));
  const { code, stderr } = await run([kind, 'export', 'logs', folder, '--name', kindName], {
    timeoutMs: timeouts.kindMs,
  });
  const files = (await filesIn(folder)).filter((file) => !before.has(file));
  // Of a node that has stopped it has some, and fails.
  if (code !== 0 && files.length === 0)
    throw environmentError('no-logs', `kind exports no logs: ${stderr.trim()}`, { next: `${engineOf()} info` });
  return files;
}

async function filesIn(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}
