import { closeSync } from 'node:fs';
import { exitCodes, messageOf } from '../model/errors.ts';

/** Whether nobody reads the output any more: a pipe's reader has ended (`| head`), or the terminal was closed. */
export const isReaderGone = (error: unknown): boolean =>
  ['EPIPE', 'EIO'].includes((error as NodeJS.ErrnoException).code ?? '');

/**
 * Lets a run go on to its end, with its report and its teardown, when its output can no longer be written. That nobody
 * reads it is the reader's choice; output lost for any other reason (a full disk) is told on stderr, and ends in exit code 3.
 */
export function heedLostOutput({ stdout, stderr } = process): void {
  let heeded = false;
  stdout.on('error', (error) => {
    if (heeded) return;
    heeded = true;
    if (isReaderGone(error)) return leaveTerminal();
    stderr.write(`error output-lost the output cannot be written: ${messageOf(error)}\n`);
    process.once('exit', () => {
      process.exitCode = process.exitCode || exitCodes.environment;
    });
  });
  stderr.on('error', () => {}); // there is nowhere left to tell
}

/** At its end Node.js sets terminals back as it found them, and aborts where one is gone; one that is closed it leaves alone. */
function leaveTerminal(): void {
  process.once('exit', () => {
    for (const descriptor of [0, 1, 2]) {
      try {
        closeSync(descriptor);
      } catch {} // it was closed before
    }
  });
}
