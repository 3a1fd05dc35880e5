import type { Entrance } from '../../src/model/cluster.ts';
import { usageError } from '../../src/model/errors.ts';

/** Reads `host`, `host:port` or `[address]:port`; whatever else is a usage error. */
export function parseAddress(text: string): Entrance {
  const [, bracketed, plain, port] = /^(?:\[([0-9a-fA-F:.]+)\]|([^\s:/[\]]+))(?::(\d{1,5}))?$/.exec(text) ?? [];
  const host = bracketed ?? plain;
  const number = port === undefined ? undefined : Number(port);
  if (host === undefined || (number !== undefined && (number < 1 || number > 65_535))) {
    throw usageError('address-invalid', `--address ${text} is no host, nor host:port`, {
      next: 'for example --address 192.0.2.10, or --address lb.example.com:8080',
    });
  }
  return { host, ...(number !== undefined && { port: number }) };
}
