import type { Failure } from '../model/verdict.ts';

/** Thrown by a check that has seen its claim refuted: it becomes the verdict `failed`. chai's AssertionError does too. */
export class CheckFailed extends Error {
  readonly failure: Failure;

  constructor(failure: Failure) {
    super(`expected ${failure.expected}, got ${failure.actual}`);
    this.name = 'CheckFailed';
    this.failure = failure;
  }
}

/** Thrown by a check that finds its claim cannot be tried here: it becomes the verdict `unsupported`, with this reason. */
export class CheckUnsupported extends Error {
  constructor(reason: string) {
    super(reason);
    this.name = 'CheckUnsupported';
  }
}
