import { AssayError } from '../model/errors.ts';

/** Whether what an apply threw is the word of an admission webhook: a controller's own, which looks at what it is to serve. */
export const isDenied = (thrown: unknown): thrown is AssayError =>
  thrown instanceof AssayError && /admission webhook .* denied/s.test(thrown.message);
