import { AssayError, type ExitCode, exitCodes, messageOf } from '../../src/model/errors.ts';
import type { Installed } from '../../src/model/program.ts';
import type { Plan } from './plan.ts';

/** Why a cluster could not start or did not stay up; crosses process borders, so it is plain data. */
export interface Failure {
  readonly code: string;
  /** Of the command line, should this end it; the environment's where absent. */
  readonly exitCode?: ExitCode | undefined;
  readonly message: string;
  readonly next?: string | undefined;
  readonly log?: string | undefined;
}

/** Whatever was thrown, as plain data. What we did not throw on purpose keeps its stack. */
export const failureOf = (error: unknown): Failure =>
  error instanceof AssayError
    ? { code: error.code, exitCode: error.exitCode, message: error.message, next: error.next, log: error.log }
    : { code: 'internal', message: error instanceof Error ? (error.stack ?? error.message) : messageOf(error) };

/** The error that such data tells of. */
export const errorOf = ({ code, exitCode = exitCodes.environment, message, next, log }: Failure): AssayError =>
  new AssayError(code, exitCode, message, {
    ...(next === undefined ? {} : { next }),
    ...(log === undefined ? {} : { log }),
  });

/** From the process that owns a cluster to the supervisor inside. The first comes with the API's listening socket. */
export type ToSupervisor = { readonly kind: 'start'; readonly plan: Plan; readonly apiPort: number } | ImageAnswer;

/** From the supervisor to the owner. */
export type FromSupervisor =
  | { readonly kind: 'listening' }
  | { readonly kind: 'progress'; readonly detail: string }
  | { readonly kind: 'ready'; readonly kubeconfig: string }
  | { readonly kind: 'failed'; readonly failure: Failure }
  | ImageQuestion;

/** The inside has no way to the outside world: what an image stands for is for the owner to bring. */
export interface ImageQuestion {
  readonly kind: 'image';
  readonly image: string;
}

export interface ImageAnswer {
  readonly kind: 'image';
  readonly image: string;
  readonly answer:
    | { readonly kind: 'found'; readonly program: Installed }
    | { readonly kind: 'refused'; readonly failure: Failure };
}

/** From the supervisor to a node process. */
export type ToNode =
  | { readonly kind: 'start'; readonly plan: Plan; readonly node: Plan['nodes'][number] }
  | ImageAnswer;

/** From a node process to the supervisor. */
export type FromNode =
  | { readonly kind: 'ready' }
  | { readonly kind: 'failed'; readonly failure: Failure }
  | ImageQuestion;
