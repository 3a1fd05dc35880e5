import { once } from 'node:events';
import { createWriteStream, type WriteStream } from 'node:fs';
import type { Readable } from 'node:stream';

/** Longest text of one line of a log; what is longer is cut into parts, as the kubelet's reader expects. */
const lineBytes = 16 * 1024;
const newline = 0x0a;

/** A container's log in the CRI format: `time stream P|F text`, where P marks a part that has a continuation. */
export interface ContainerLog {
  /** Copies a stream into the log until it ends, no faster than the file takes it. */
  copy(name: 'stdout' | 'stderr', stream: Readable): Promise<void>;
  /** Opens the file anew, after somebody renamed it. */
  reopen(): Promise<void>;
  close(): Promise<void>;
}

/** Opens a log for appending. `nowNs` gives the time in nanoseconds since the epoch. */
export async function openLog(path: string, nowNs: () => bigint): Promise<ContainerLog> {
  let file = await openFile(path);
  const write = async (lines: readonly Buffer[]): Promise<void> => {
    if (lines.length === 0) return;
    // A full disk costs the log, not the container.
    await new Promise<void>((resolve) => file.write(Buffer.concat(lines), () => resolve()));
  };
  const line = (name: string, mark: 'P' | 'F', text: Buffer): Buffer =>
    Buffer.concat([Buffer.from(`${timestamp(nowNs())} ${name} ${mark} `), text, Buffer.from('\n')]);
  return {
    async copy(name, stream) {
      let rest: Buffer = Buffer.alloc(0);
      for await (const chunk of stream) {
        const lines: Buffer[] = [];
        rest = rest.length ? Buffer.concat([rest, chunk as Buffer]) : (chunk as Buffer);
        for (;;) {
          const end = rest.indexOf(newline);
          const length = end < 0 ? rest.length : end;
          if (length > lineBytes) {
            lines.push(line(name, 'P', rest.subarray(0, lineBytes)));
            rest = rest.subarray(lineBytes);
          } else if (end >= 0) {
            lines.push(line(name, 'F', rest.subarray(0, end)));
            rest = rest.subarray(end + 1);
          } else break;
        }
        await write(lines);
      }
      if (rest.length) await write([line(name, 'P', rest)]);
    },
    async reopen() {
      const old = file;
      file = await openFile(path);
      await closeFile(old);
    },
    close: () => closeFile(file),
  };
}

async function openFile(path: string): Promise<WriteStream> {
  const file = createWriteStream(path, { flags: 'a', mode: 0o640 });
  await once(file, 'open');
  file.on('error', () => {});
  return file;
}

async function closeFile(file: WriteStream): Promise<void> {
  if (file.closed) return;
  const closed = once(file, 'close');
  file.end();
  await closed;
}

/** RFC 3339 with nanoseconds, in UTC. */
export function timestamp(ns: bigint): string {
  const seconds = new Date(Number(ns / 1_000_000n)).toISOString().slice(0, 19);
  return `${seconds}.${String(ns % 1_000_000_000n).padStart(9, '0')}Z`;
}
