import type { ProbeOutcome } from '../../../src/model/probe.ts';

/** An answer of that status, and from that back-end if one is named, which was asked for `target`. */
export const answer = (status: number, backend?: string, target = ''): ProbeOutcome => ({
  kind: 'answered',
  status,
  reason: '',
  headers: [],
  body: '',
  bodyBytes: 0,
  servedBy:
    backend === undefined
      ? undefined
      : {
          backend,
          pod: '',
          namespace: '',
          podAddress: '',
          peerAddress: '',
          port: 0,
          head: `GET ${target} HTTP/1.1\r\nHost: h\r\n\r\n`,
          headBytes: 0,
          bodyBytes: 0,
          bodySha256: '',
        },
});
