import { expect } from 'chai';
import { AssayError } from '../../src/model/errors.ts';

/** The AssayError that work ends with; anything else fails the test. */
export async function errorOf(work: Promise<unknown>): Promise<AssayError> {
  const thrown = await work.then(
    () => undefined,
    (error: unknown) => error,
  );
  expect(thrown).to.be.instanceOf(AssayError);
  return thrown as AssayError;
}
