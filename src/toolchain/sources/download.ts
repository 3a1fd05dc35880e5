import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { chmod, mkdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { environmentError, messageOf } from '../../model/errors.ts';
import type { Checksum, Source } from '../../model/program.ts';
import { timeouts } from '../../model/timeouts.ts';
import type { Bringing, Brought } from '../bringing.ts';
import { runLeashed } from '../leash.ts';
import { goArch } from '../source-key.ts';

type Download = Extract<Source, { kind: 'download' }>;

/** Fetches an official download, checks its sum before anything else touches it, and takes the executable out. */
export async function bringDownload(source: Download, bringing: Bringing): Promise<Brought> {
  const { program, folder, scratch, signal } = bringing;
  const url = source.url(program.version, goArch());
  const expected = await expectedSum(source.sha256, url, bringing);
  const executable = join('bin', program.name);
  await mkdir(join(folder, 'bin'));
  const target = source.member === undefined ? join(folder, executable) : join(scratch, 'archive');
  const actual = await fetchTo(url, target, bringing);
  if (actual !== expected) {
    throw environmentError('wrong-checksum', `${url} has the SHA-256 ${actual}, not ${expected}: it was not used`);
  }
  if (source.member !== undefined) {
    const member = source.member(program.version, goArch());
    const depth = member.split('/').length - 1;
    const tar = ['tar', '-xzf', target, '-C', join(folder, 'bin'), `--strip-components=${depth}`, member];
    const end = await runLeashed(tar, { signal });
    if (end.kind === 'missing') throw environmentError('no-tar', 'there is no tar', { next: 'Install tar.' });
    if (end.code !== 0) throw environmentError('unpack-failed', end.output.join('; '));
  }
  await chmod(join(folder, executable), 0o755);
  return { executable, libraries: [], from: url };
}

async function expectedSum(checksum: Checksum, url: string, bringing: Bringing): Promise<string> {
  const { program, signal } = bringing;
  if (checksum.kind === 'stated') {
    const stated = checksum.byArch[goArch()];
    if (stated === undefined) throw environmentError('no-checksum', `its entry states no sum for ${goArch()}`);
    return stated;
  }
  const list = checksum.url(program.version, goArch());
  using idle = idleSignal();
  const text = await (await get(list, AbortSignal.any([signal, idle.signal]), bringing)).text();
  const sum = sumIn(text, basename(new URL(url).pathname));
  if (sum === undefined) throw environmentError('no-checksum', `${list} names no sum for it`);
  return sum;
}

/** The sum of a file in a list as sha256sum writes it, or the only one of a list that names no files. */
export function sumIn(list: string, file: string): string | undefined {
  const lines = list.split('\n').flatMap((line) => {
    const [, sum, name] = /^([0-9a-f]{64})(?:\s+\*?(?:.*\/)?(\S+))?\s*$/i.exec(line) ?? [];
    return sum === undefined ? [] : [{ sum: sum.toLowerCase(), name }];
  });
  const [only] = lines;
  return lines.length === 1 && only?.name === undefined ? only?.sum : lines.find(({ name }) => name === file)?.sum;
}

/** Streams a URL into a file and returns the content's SHA-256. */
async function fetchTo(url: string, file: string, bringing: Bringing): Promise<string> {
  const { signal, report } = bringing;
  using idle = idleSignal();
  const response = await get(url, AbortSignal.any([signal, idle.signal]), bringing);
  const totalBytes = Number(response.headers.get('content-length') ?? 0);
  const hash = createHash('sha256');
  let bytes = 0;
  const watch = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      idle.touch();
      hash.update(chunk);
      bytes += chunk.length;
      report(`${mebibytes(bytes)}${totalBytes > 0 ? ` of ${mebibytes(totalBytes)}` : ''} MiB`);
      done(null, chunk);
    },
  });
  if (response.body === null) throw environmentError('download-failed', `${url} answered with no content`);
  try {
    await pipeline(Readable.fromWeb(response.body as never), watch, createWriteStream(file));
  } catch (error) {
    signal.throwIfAborted();
    if ((error as NodeJS.ErrnoException).code === 'ENOSPC') throw error;
    throw environmentError('download-failed', `${url} broke off after ${bytes} bytes: ${reasonOf(error)}`, {
      cause: error,
    });
  }
  return hash.digest('hex');
}

async function get(url: string, signal: AbortSignal, { unreachable }: Bringing): Promise<Response> {
  const { origin } = new URL(url);
  const known = unreachable.get(origin);
  if (known !== undefined) throw environmentError('download-failed', `${origin} could not be reached: ${known}`);
  const response = await fetch(url, { signal, redirect: 'follow' }).catch((error: unknown) => {
    const reason = reasonOf(error);
    unreachable.set(origin, reason);
    throw environmentError('download-failed', `${origin} could not be reached: ${reason}`, { cause: error });
  });
  if (!response.ok) throw environmentError('download-failed', `${url} answered ${response.status}`);
  return response;
}

/** fetch says "fetch failed" and keeps the reason in its cause. */
const reasonOf = (error: unknown): string =>
  error instanceof Error && error.cause instanceof Error ? reasonOf(error.cause) : messageOf(error);

const mebibytes = (bytes: number): string => (bytes / 2 ** 20).toFixed(0);

/** A signal that aborts once nobody has touched it for the bound of a download. */
function idleSignal(): Disposable & { readonly signal: AbortSignal; touch(): void } {
  const controller = new AbortController();
  const seconds = timeouts.downloadIdleMs / 1000;
  const timer = setTimeout(() => controller.abort(new Error(`nothing came for ${seconds} s`)), timeouts.downloadIdleMs);
  return { signal: controller.signal, touch: () => timer.refresh(), [Symbol.dispose]: () => clearTimeout(timer) };
}
