import type { WriteStream } from 'node:tty';
import { inspect, stripVTControlCharacters, styleText } from 'node:util';
import { AssayError, type ExitCode, exitCodes, messageOf } from '../model/errors.ts';
import { printable } from '../model/printable.ts';

/** A place to print to: the process's own streams, or anything like them. */
export type Output = Pick<WriteStream, 'write'> & { readonly isTTY?: boolean; readonly columns?: number };

/** Whether colour is welcome: on a terminal, unless NO_COLOR is set; FORCE_COLOR brings it elsewhere. */
export function wantsColour(output: Output, env: NodeJS.ProcessEnv = process.env): boolean {
  if (env.NO_COLOR) return false;
  if (env.FORCE_COLOR && env.FORCE_COLOR !== '0') return true;
  return output.isTTY === true && env.TERM !== 'dumb';
}

/** Prints text that carries colour, without it where it is not welcome. */
export const print = (output: Output, text: string): void => {
  output.write(wantsColour(output) ? text : stripVTControlCharacters(text));
};

const style = (format: Parameters<typeof styleText>[0], text: string) =>
  styleText(format, text, { validateStream: false });

/** Whether a person asked to see stacks. */
const verbose = (): boolean => process.argv.includes('--verbose') || Boolean(process.env.DEBUG);

/** Prints what happened, what to do next and where the evidence is; returns the exit code that belongs to it. */
export function printError(output: Output, thrown: unknown): ExitCode {
  const known = thrown instanceof AssayError;
  print(
    output,
    `${style('red', 'error')} ${style('dim', known ? thrown.code : 'internal')} ${printable(messageOf(thrown))}\n`,
  );
  const next = known ? thrown.next : 'this is a fault of ingress-assay: run again with --verbose and report it';
  if (next !== undefined) print(output, `  ${style('bold', 'next')} ${printable(next)}\n`);
  if (known && thrown.log !== undefined) print(output, `  ${style('bold', 'log')}  ${printable(thrown.log)}\n`);
  if (verbose()) print(output, `${printable(inspect(thrown))}\n`);
  return known ? thrown.exitCode : exitCodes.environment;
}
