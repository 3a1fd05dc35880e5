import { isIPv4 } from 'node:net';
import { environmentError, usageError } from '../../../src/model/errors.ts';

const toNumber = (address: string): number => address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
const toText = (value: number): string => [24, 16, 8, 0].map((bits) => (value >>> bits) & 255).join('.');

/** The addresses of a node's pods. */
export interface AddressPool {
  /** The node's own end of every pod's link: the first address of the range. */
  readonly gateway: string;
  /** An address nobody has, the longest unused first; an `addresses-exhausted` error when all are taken. */
  take(): string;
  give(address: string): void;
}

/** Hands out the addresses of an IPv4 range such as `10.244.0.0/24`, without its first two and its last. */
export function addressPool(cidr: string): AddressPool {
  const [base = '', prefix] = cidr.split('/');
  const bits = Number(prefix);
  if (!isIPv4(base) || !Number.isInteger(bits) || bits < 8 || bits > 30)
    throw usageError('bad-pod-cidr', `"${cidr}" is not an IPv4 range of prefix length 8 to 30`);
  const size = 2 ** (32 - bits);
  const first = Math.floor(toNumber(base) / size) * size;
  const taken = new Set<number>();
  let last = 1;
  return {
    gateway: toText(first + 1),
    take() {
      for (let tried = 0; tried < size; tried += 1) {
        last = last + 1 < size - 1 ? last + 1 : 2;
        if (taken.has(last)) continue;
        taken.add(last);
        return toText(first + last);
      }
      throw environmentError('addresses-exhausted', `all ${taken.size} pod addresses of ${cidr} are taken`);
    },
    give(address) {
      taken.delete(toNumber(address) - first);
    },
  };
}
