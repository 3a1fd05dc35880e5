import type { ServedBy } from '../../model/probe.ts';

/**
 * Who answered, from the headers with which our back-ends sign: `X-Assay-Backend`, `-Pod`, `-Namespace`, `-Pod-Address`, `-Peer`
 * and `-Head` (base64 of the request head). `undefined` where the first is missing: nobody of ours.
 */
export function servedByOf(headers: readonly (readonly [name: string, value: string])[]): ServedBy | undefined {
  const value = (name: string) => headers.find(([given]) => given.toLowerCase() === name)?.[1];
  const backend = value('x-assay-backend');
  if (backend === undefined) return undefined;
  return {
    backend,
    pod: value('x-assay-pod') ?? '',
    namespace: value('x-assay-namespace') ?? '',
    podAddress: value('x-assay-pod-address') ?? '',
    peerAddress: value('x-assay-peer') ?? '',
    head: Buffer.from(value('x-assay-head') ?? '', 'base64').toString('latin1'),
  };
}
