import { AssayError } from '../model/errors.ts';
import { timeouts } from '../model/timeouts.ts';

/**
 * Why the API was not reached: that a component of the cluster died is often known a moment later than that it is
 * gone. Whatever else was thrown is its own cause.
 */
export async function causeOf(thrown: unknown, clusterFailed: AbortSignal): Promise<unknown> {
  if (!(thrown instanceof AssayError) || !thrown.code.startsWith('api-')) return thrown;
  const late = AbortSignal.timeout(timeouts.causeMs);
  const either = AbortSignal.any([clusterFailed, late]);
  if (!either.aborted) await new Promise((resolve) => either.addEventListener('abort', resolve, { once: true }));
  return clusterFailed.aborted ? clusterFailed.reason : thrown;
}
