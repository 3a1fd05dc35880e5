import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { AssayError } from '../model/errors.ts';
import type { NamedReport } from '../model/reporter.ts';
import { readReport } from './read-report.ts';
import { distinct } from './same-run.ts';

/** Reports that were asked for together. */
export interface Several {
  /** Of different runs, in the order in which they were named. */
  readonly reports: readonly NamedReport[];
  /** What a reader of them has to know: which were given twice, and which could not be read. */
  readonly notes: readonly string[];
  /** Why some could not be read. */
  readonly errors: readonly AssayError[];
}

async function readNamed(path: string): Promise<NamedReport> {
  const report = await readReport(path);
  const { version } = JSON.parse(await readFile(path, 'utf8')) as { readonly version: number };
  return { file: path, schemaVersion: version, report };
}

/** Reads all that can be read: one broken file costs nobody the others. */
export async function readSeveral(paths: readonly string[]): Promise<Several> {
  const read: NamedReport[] = [];
  const errors: AssayError[] = [];
  const notes: string[] = [];
  for (const path of paths) {
    try {
      read.push(await readNamed(path));
    } catch (error) {
      if (!(error instanceof AssayError)) throw error;
      errors.push(error);
      notes.push(`${basename(path)} is left out: ${error.message.split('\n', 1)[0]}`);
    }
  }
  const { kept, told } = distinct(read);
  return { reports: kept, notes: [...notes, ...told], errors };
}
