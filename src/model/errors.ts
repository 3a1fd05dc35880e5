/** What the command line returns. Stable: CI scripts depend on it. */
export const exitCodes = { passed: 0, failed: 1, usage: 2, environment: 3, interrupted: 130 } as const;
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

export interface AssayErrorOptions {
  /** What the reader should do next: a command where there is one. */
  readonly next?: string;
  /** A file or folder that holds the evidence. */
  readonly log?: string;
  readonly cause?: unknown;
}

/**
 * Every error this project throws on purpose. `code` is stable and documented; `message` says what happened,
 * `next` what to do about it, and `log` where the evidence is.
 */
export class AssayError extends Error {
  readonly code: string;
  readonly exitCode: ExitCode;
  readonly next: string | undefined;
  readonly log: string | undefined;

  constructor(code: string, exitCode: ExitCode, message: string, options: AssayErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'AssayError';
    this.code = code;
    this.exitCode = exitCode;
    this.next = options.next;
    this.log = options.log;
  }
}

/** The person asked for something that does not exist or does not parse: exit code 2. */
export const usageError = (code: string, message: string, options?: AssayErrorOptions): AssayError =>
  new AssayError(code, exitCodes.usage, message, options);

/** The cluster, the toolchain or the machine failed; never the controller's verdict: exit code 3. */
export const environmentError = (code: string, message: string, options?: AssayErrorOptions): AssayError =>
  new AssayError(code, exitCodes.environment, message, options);

/** The person pressed Ctrl-C, or something sent SIGTERM: exit code 130. */
export const interrupted = (signal: string): AssayError =>
  new AssayError('interrupted', exitCodes.interrupted, `interrupted by ${signal}`);

/** The message of whatever was thrown, for one line of text. */
export const messageOf = (thrown: unknown): string => (thrown instanceof Error ? thrown.message : String(thrown));
