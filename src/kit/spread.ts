import { ask } from './ask.ts';
import { podOf } from './client.ts';
import { curlOf } from './curl.ts';
import { type Attempt, eventually } from './eventually.ts';
import { CheckFailed } from './failure.ts';
import type { Kit } from './kit.ts';

/** With so much confidence a fair choice of pods is not accused: once in a million times it is. */
const confidence = 1 - 1e-6;

/**
 * Requests after which pods that are chosen at random, each as likely, have all been met with this confidence: a given one of N is
 * missed by n requests with (1 − 1/N)^n, one or another with no more than N times that.
 */
export const requestsToMeet = (pods: number): number =>
  pods < 2 ? 1 : Math.ceil(Math.log((1 - confidence) / pods) / Math.log(1 - 1 / pods));

/**
 * Waits until each of these pods has answered a request for the check's host, which a controller may have to learn of; then all have
 * to answer again, and nobody else, within `requestsToMeet`. Records how many requests each got.
 */
export async function expectAllServe(kit: Kit, pods: readonly string[]): Promise<void> {
  const met = new Set<string>();
  await eventually(`an answer of each of ${pods.join(', ')}`, async (): Promise<Attempt<true>> => {
    const probe = await ask(kit);
    const pod = podOf(probe);
    if (pod !== undefined) met.add(pod);
    const missing = pods.filter((name) => !met.has(name));
    return missing.length === 0 ? { done: true } : { seen: `none of ${missing.join(', ')}`, probe };
  });

  const requests = requestsToMeet(pods.length);
  const counts = Object.fromEntries(pods.map((pod) => [pod, 0]));
  for (const probe of await Promise.all(Array.from({ length: requests }, () => ask(kit)))) {
    const pod = podOf(probe) ?? '';
    if (!pods.includes(pod)) {
      const expected = `every answer to be of ${pods.join(', ')}`;
      throw new CheckFailed({ expected, actual: `one of ${pod || 'nobody of ours'}`, curl: curlOf(probe), probe });
    }
    counts[pod] = (counts[pod] ?? 0) + 1;
  }
  kit.record(`requests by pod, of ${requests}`, counts);
  const idle = pods.filter((pod) => counts[pod] === 0);
  if (idle.length > 0) {
    throw new CheckFailed({ expected: `${requests} requests to meet all pods`, actual: `none met ${idle.join(', ')}` });
  }
}
