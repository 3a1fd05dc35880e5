import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { availableParallelism, cpus, release, totalmem, type } from 'node:os';
import type { Report } from '../model/report.ts';

function distribution(): string {
  try {
    return /^PRETTY_NAME="?(.*?)"?$/m.exec(readFileSync('/etc/os-release', 'utf8'))?.[1] ?? type();
  } catch {
    return type();
  }
}

/** What tells this machine from others and gives nothing of its id away, as machine-id(5) asks for; nothing where it has no id. */
export function machineKey(idFile = '/etc/machine-id'): string | undefined {
  try {
    const id = readFileSync(idFile, 'utf8').trim();
    if (!/^[0-9a-f]{32}$/.test(id)) return undefined;
    return createHmac('sha256', id).update('ingress-assay').digest('hex').slice(0, 16);
  } catch {
    return undefined;
  }
}

/** The machine a run takes place on. */
export function describeMachine(): Report['environment'] {
  const machine = machineKey();
  return {
    os: distribution(),
    kernel: release(),
    cpu: cpus()[0]?.model ?? 'unknown',
    cores: availableParallelism(),
    memoryBytes: totalmem(),
    ...(machine !== undefined && { machine }),
  };
}
