import { readFileSync } from 'node:fs';

/** What this machine had done by a moment, since it began. Absent is what this kernel does not tell. */
export interface MachineCounters {
  readonly atMs: number;
  /** Seconds of CPU in all, idle ones too. */
  readonly allSeconds: number;
  readonly busySeconds: number;
  /** Wanted and given to another machine of the same host. */
  readonly stolenSeconds: number;
  /** In which some task waited for a CPU. */
  readonly waitedSeconds?: number;
  /** In which this process's group, or one above it, was kept from running by a quota. */
  readonly throttledSeconds?: number;
}

const ticks = 100; // the kernel's USER_HZ

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

/**
 * Reads the counters now, without a turn of the event loop in between, which may take a second where every CPU is busy; below `root` where they
 * lie elsewhere, as in tests of what cannot be caused everywhere.
 */
export function readMachine(root = ''): MachineCounters {
  const below = (path: string) => read(`${root}${path}`);
  const atMs = performance.now();
  const [first, waited] = [below('/proc/stat'), below('/proc/pressure/cpu')];
  const groups = throttlingFiles(below('/proc/self/cgroup')).map(below);
  const [user = 0, nice = 0, system = 0, idle = 0, iowait = 0, irq = 0, softirq = 0, steal = 0] = (
    /^cpu +(.*)$/m.exec(first)?.[1] ?? ''
  )
    .split(' ')
    .map((field) => Number(field) / ticks);
  const busySeconds = user + nice + system + irq + softirq;
  const waitedUs = /^some .*total=(\d+)/m.exec(waited)?.[1];
  return {
    atMs,
    allSeconds: busySeconds + idle + iowait + steal,
    busySeconds,
    stolenSeconds: steal,
    ...(waitedUs !== undefined && { waitedSeconds: Number(waitedUs) / 1e6 }),
    ...throttledIn(groups),
  };
}

/** The account of this process's own group and of those above it: a quota may be any of theirs. */
function throttlingFiles(cgroups: string): readonly string[] {
  const files = cgroups.split('\n').flatMap((line) => {
    const [, controllers, path] = /^\d+:([^:]*):(\/.*)$/.exec(line) ?? [];
    if (controllers === undefined || path === undefined) return [];
    if (controllers !== '' && !controllers.split(',').includes('cpu')) return [];
    const root = controllers === '' ? '/sys/fs/cgroup' : '/sys/fs/cgroup/cpu';
    const parts = path.split('/').filter((part) => part !== '');
    return parts.map((_, index) => `${root}/${parts.slice(0, parts.length - index).join('/')}/cpu.stat`);
  });
  return [...files, '/sys/fs/cgroup/cpu.stat', '/sys/fs/cgroup/cpu/cpu.stat'];
}

function throttledIn(groups: readonly string[]): Pick<MachineCounters, 'throttledSeconds'> {
  const seconds = groups.flatMap((group) => {
    const us = /^throttled_usec (\d+)/m.exec(group)?.[1];
    const ns = /^throttled_time (\d+)/m.exec(group)?.[1];
    if (us !== undefined) return [Number(us) / 1e6];
    return ns === undefined ? [] : [Number(ns) / 1e9];
  });
  return seconds.length === 0 ? {} : { throttledSeconds: seconds.reduce((total, own) => total + own, 0) };
}

/** What a machine did between two moments, as shares: of its CPUs' time, and of the time that passed. */
export interface MachineUse {
  readonly seconds: number;
  readonly cpus: number;
  readonly busyShare: number;
  readonly stolenShare: number;
  readonly waitedShare?: number;
  readonly throttledShare?: number;
}

/** What happened between two readings. */
export function machineUse(before: MachineCounters, after: MachineCounters): MachineUse {
  const seconds = (after.atMs - before.atMs) / 1000;
  const all = Math.max(after.allSeconds - before.allSeconds, 1 / ticks);
  const waited = difference(before.waitedSeconds, after.waitedSeconds);
  const throttled = difference(before.throttledSeconds, after.throttledSeconds);
  return {
    seconds,
    cpus: Math.max(1, Math.round(all / seconds)),
    busyShare: (after.busySeconds - before.busySeconds) / all,
    stolenShare: (after.stolenSeconds - before.stolenSeconds) / all,
    ...(waited !== undefined && { waitedShare: waited / seconds }),
    ...(throttled !== undefined && { throttledShare: throttled / seconds }),
  };
}

const difference = (before: number | undefined, after: number | undefined): number | undefined =>
  before === undefined || after === undefined ? undefined : after - before;
