import { readFileSync } from 'node:fs';
import { usageError } from '../../model/errors.ts';
import type { Scenario } from '../../model/scenario.ts';

/** What an engine's process needs beside its connections. */
const besides = 64;

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

/** The limits of this machine. Node.js takes as many descriptors as it may have. */
export function limitsHere(): Limits {
  const descriptors = /^Max open files\s+\S+\s+(\d+)/m.exec(read('/proc/self/limits'))?.[1];
  const [low, high] = read('/proc/sys/net/ipv4/ip_local_port_range').trim().split(/\s+/).map(Number);
  return {
    ...(descriptors !== undefined && { descriptors: Number(descriptors) }),
    ...(low !== undefined && high !== undefined && { ports: high - low + 1 }),
  };
}

/** Throws a usage error where a scenario asks for more connections than the generator can have. */
export function assertWithin(scenarios: readonly Scenario[], { descriptors, ports }: Limits): void {
  const most = Math.max(0, ...scenarios.flatMap(({ points }) => points.map(({ connections }) => connections)));
  if (descriptors !== undefined && most + besides > descriptors)
    throw usageError(
      'too-many-connections',
      `${most} connections need ${most + besides} file descriptors, and a process may have ${descriptors} here`,
      { next: `ulimit -n ${most + besides}, or fewer --connections` },
    );
  if (ports !== undefined && most > ports)
    throw usageError(
      'too-many-connections',
      `${most} connections to one address need as many ports to start from, and there are ${ports} here`,
      { next: `at most --connections ${ports}; /proc/sys/net/ipv4/ip_local_port_range says which` },
    );
}
