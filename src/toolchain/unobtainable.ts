import { AssayError, environmentError, messageOf } from '../model/errors.ts';
import type { Program } from '../model/program.ts';
import { isBringing } from './source-key.ts';

/** One source that was tried in vain. */
export interface Attempt {
  readonly source: string;
  readonly error: unknown;
}

export interface Unobtainable {
  readonly program: Program;
  readonly attempts: readonly Attempt[];
}

/** The error that names each program still missing, each source tried for it and why it failed. */
export function unobtainable(missing: readonly Unobtainable[]): AssayError {
  const names = missing.map(({ program }) => program.name);
  const errors = missing.flatMap(({ attempts }) => attempts.map(({ error }) => error));
  const known = errors.filter((error) => error instanceof AssayError);
  const advice = new Set(known.flatMap(({ next }) => (next === undefined ? [] : [next])));
  const log = known.findLast((error) => error.log !== undefined)?.log;
  const brought = missing.filter(({ program }) => program.sources.some(isBringing)).map(({ program }) => program.name);
  const again = ['ingress-assay doctor', ...(brought.length > 0 ? ['--install', ...brought] : [])].join(' ');
  const told = new Set<unknown>();
  const tell = (error: unknown): string => {
    if (told.has(error)) return 'as above'; // one build fails for all its programs
    told.add(error);
    return messageOf(error).replaceAll('\n', '\n      ');
  };
  const lines = missing.flatMap(({ program, attempts }) => [
    `  ${program.name} ${program.version}:`,
    ...attempts.map(({ source, error }) => `    ${source}: ${tell(error)}`),
  ]);
  return environmentError('program-missing', `could not bring ${names.join(', ')}\n${lines.join('\n')}`, {
    next: [...advice, `${advice.size > 0 ? 'Or put' : 'Put'} ${names.join(', ')} on PATH.`, `Then: ${again}`].join(' '),
    ...(log !== undefined && { log }),
    cause: new AggregateError(errors),
  });
}
