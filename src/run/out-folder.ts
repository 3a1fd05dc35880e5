import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, open, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { environmentError, messageOf, usageError } from '../model/errors.ts';
import type { Report } from '../model/report.ts';
import type { Reporter } from '../model/reporter.ts';
import { isDiskFull } from '../toolchain/disk-full.ts';
import { takeLock } from '../toolchain/lock.ts';

/** Room a run's reports and logs are sure to need. */
const roomBytes = 4 * 1024 * 1024;

/** As `mkdir -p`. Node's own recursive mkdir never returns where the kernel refuses folders, as in /proc. */
async function makeFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST' && (await stat(folder)).isDirectory()) return;
    if (code !== 'ENOENT' || existsSync(dirname(folder))) throw error;
    await makeFolder(dirname(folder));
    await mkdir(folder);
  }
}

/** Makes the folder and proves that it takes files, so that a full disk or a wrong name is found before the work. `option` names it. */
export async function prepareOut(folder: string, option = '--out'): Promise<void> {
  const trial = join(folder, `.room-${randomBytes(6).toString('hex')}`);
  try {
    await makeFolder(folder);
    const file = await open(trial, 'wx');
    try {
      await file.writeFile(randomBytes(roomBytes));
      await file.sync();
    } finally {
      await file.close();
    }
  } catch (cause) {
    const isFile = ['EEXIST', 'ENOTDIR'].includes((cause as NodeJS.ErrnoException).code ?? '');
    const error = isFile ? usageError : environmentError;
    throw error('out-unwritable', `the report folder ${folder} cannot be written: ${messageOf(cause)}`, {
      next: `free some room, or name another folder with ${option}`,
      cause,
    });
  } finally {
    await rm(trial, { force: true }).catch(() => {});
  }
}

/**
 * Keeps other runs out of a report folder until disposed of: two would mix their evidence. The kernel gives the lock back
 * however this process ends. An environment error names the run that has it.
 */
export async function claimOut(folder: string, command: string, signal: AbortSignal): Promise<AsyncDisposable> {
  return takeLock(join(folder, '.lock'), command, signal, (holder) => {
    throw environmentError('out-in-use', `another run writes to ${folder}: ${holder}`, {
      next: 'wait for it to end, or name another folder with --out',
    });
  });
}

/**
 * Puts the report.json of an earlier benchmark aside, under the time at which that began, if any controller had load in it: an hour's measurements are not
 * written over by a run that may come to nothing. The other formats can be made of it again. An environment error says why it could not be.
 */
export async function setAside(folder: string, note: (line: string) => void): Promise<void> {
  const file = join(folder, 'report.json');
  const there = await stat(file).catch(() => undefined);
  if (there === undefined || !there.isFile()) return;
  try {
    const startedAt = measuredAt(await readFile(file, 'utf8'));
    if (startedAt === undefined) return;
    const kept = `report-${startedAt.replaceAll(':', '')}.json`;
    await rename(file, join(folder, kept));
    note(`The benchmark that was in ${folder} is kept as ${kept}.`);
  } catch (cause) {
    throw environmentError('out-unwritable', `${file} cannot be kept: ${messageOf(cause)}`, {
      next: 'put it elsewhere, or name another folder with --out',
      cause,
    });
  }
}

/** When a benchmark of any schema began; nothing where the text is no report of load on a controller. */
function measuredAt(text: string): string | undefined {
  try {
    const { run, benchmark } = JSON.parse(text);
    const isMeasured = benchmark.scenarios.some(({ points }: Measured) =>
      points.some(({ runs }) => runs.some(({ side }) => side !== 'direct')),
    );
    return isMeasured ? new Date(run.startedAt).toISOString() : undefined;
  } catch {
    return undefined;
  }
}

interface Measured {
  readonly points: readonly { readonly runs: readonly { readonly side: string }[] }[];
}

/** What became of writing the reports: files that are there, and a line for each that is not. */
export interface Written {
  readonly files: readonly string[];
  readonly problems: readonly string[];
}

/** Writes a text without colour; the file is whole or the old one. What is no file of a disk (a pipe, a terminal) is written as it is. */
export async function writeWhole(path: string, text: string): Promise<void> {
  // Most formats have no colour in tens of megabytes.
  const plain = /[\u001b\u009b]/.test(text) ? stripVTControlCharacters(text) : text;
  const there = await stat(path).catch(() => undefined);
  if (there !== undefined && !there.isFile()) return writeFile(path, plain);
  const partial = `${path}.${process.pid}.partial`;
  try {
    await writeFile(partial, plain);
    await rename(partial, path);
  } catch (error) {
    await rm(partial, { force: true }).catch(() => {});
    throw error;
  }
}

/** Writes one file for each reporter. One that fails is told of and never stops another; a file is whole or the old one. */
export async function writeReports(report: Report, reporters: readonly Reporter[], folder: string): Promise<Written> {
  const files: string[] = [];
  const problems: string[] = [];
  for (const reporter of reporters) {
    const path = join(folder, reporter.file);
    try {
      await writeWhole(path, await reporter.render(report));
      files.push(path);
    } catch (error) {
      const next = isDiskFull(error) ? '; free some room, or name another folder with --out' : '';
      problems.push(`reporter ${reporter.name} could not write ${path}: ${messageOf(error)}${next}`);
    }
  }
  return { files, problems };
}
