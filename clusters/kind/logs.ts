import { cp, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { environmentError } from '../../src/model/errors.ts';
import { timeouts } from '../../src/model/timeouts.ts';
import { engineOf, run } from './engine.ts';

/** Has kind export into `folder` what logs its nodes have, those that have stopped too, and returns the paths of what came of it. */
export async function exportLogs(kind: string, kindName: string, folder: string): Promise<readonly string[]> {
  const exported = await mkdtemp(join(tmpdir(), 'ingress-assay-logs-'));
  try {
    const { code, stderr } = await run([kind, 'export', 'logs', exported, '--name', kindName], {
      timeoutMs: timeouts.kindMs,
    });
    const entries = await readdir(exported, { recursive: true, withFileTypes: true });
    const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
    // Of a node that has stopped it has some, and fails.
    if (code !== 0 && files.length === 0)
      throw environmentError('no-logs', `kind exports no logs: ${stderr.trim()}`, { next: `${engineOf()} info` });
    await cp(exported, folder, { recursive: true });
    return files.map((file) => join(folder, relative(exported, file)));
  } finally {
    await rm(exported, { recursive: true });
  }
}
