import { readFileSync } from 'node:fs';
import { mostDescriptors, spareDescriptors } from '../../load/descriptors.ts';
import { usageError } from '../../model/errors.ts';
import type { Scenario } from '../../model/scenario.ts';

/** What this machine allows one process. Absent is what it does not tell. */
export interface Limits {
  readonly descriptors?: number;
  /** From which connections to one address and port can start. */
  readonly ports?: number;
}

const read = (path: string): string => {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
};

/** The limits of this machine. */
export function limitsHere(): Limits {
  const descriptors = mostDescriptors();
  const [low, high] = read('/proc/sys/net/ipv4/ip_local_port_range').trim().split(/\s+/).map(Number);
  return {
    ...(descriptors !== undefined && { descriptors }),
    ...(low !== undefined && high !== undefined && { ports: high - low + 1 }),
  };
}

/** Throws a usage error where a scenario asks for more connections than the generator can have. */
export function assertWithin(scenarios: readonly Scenario[], { descriptors, ports }: Limits): void {
  const most = Math.max(0, ...scenarios.flatMap(({ points }) => points.map(({ connections }) => connections)));
  if (descriptors !== undefined && most + spareDescriptors > descriptors)
    throw usageError(
      'too-many-connections',
      `${most} connections need ${most + spareDescriptors} file descriptors, and a process may have ${descriptors} here`,
      { next: `ulimit -Hn ${most + spareDescriptors}, or fewer --connections` },
    );
  if (ports !== undefined && most > ports)
    throw usageError(
      'too-many-connections',
      `${most} connections to one address need as many ports to start from, and there are ${ports} here`,
      { next: `at most --connections ${ports}; /proc/sys/net/ipv4/ip_local_port_range says which` },
    );
}
