import type { ServedBy } from '../../model/probe.ts';

/**
 * Who answered, from the headers with which our back-ends sign: `X-Assay-Backend`, `-Pod`, `-Namespace`, `-Pod-Address`,
 * `-Port`, `-Peer`, `-Head` (base64 of the request head), `-Head-Bytes` and `-Body` (`<bytes> <SHA-256>`). `undefined` where the
 * first is missing: nobody of ours.
 */
export function servedByOf(headers: readonly (readonly [name: string, value: string])[]): ServedBy | undefined {
  const value = (name: string) => headers.find(([given]) => given.toLowerCase() === name)?.[1];
  const backend = value('x-assay-backend');
  if (backend === undefined) return undefined;
  const [bodyBytes = '', bodySha256 = ''] = (value('x-assay-body') ?? '').split(' ');
  return {
    backend,
    pod: value('x-assay-pod') ?? '',
    namespace: value('x-assay-namespace') ?? '',
    podAddress: value('x-assay-pod-address') ?? '',
    peerAddress: value('x-assay-peer') ?? '',
    port: count(value('x-assay-port')),
    head: Buffer.from(value('x-assay-head') ?? '', 'base64').toString('latin1'),
    headBytes: count(value('x-assay-head-bytes')),
    bodyBytes: count(bodyBytes),
    bodySha256,
  };
}

const count = (value = ''): number => (/^\d{1,15}$/.test(value) ? Number(value) : 0);
