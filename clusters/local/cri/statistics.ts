import { readdir, readFile, readlink } from 'node:fs/promises';
import { type Container, mainPid } from './container.ts';
import { nowNs } from './pods.ts';
import type { Sandbox } from './sandbox.ts';

/** What the processes of one PID namespace use. */
interface Usage {
  cpuNs: number;
  /** Memory that is the processes' own: anonymous and shared, without the pages of programs and libraries. */
  ownBytes: number;
  anonymousBytes: number;
  pageFaults: number;
  majorPageFaults: number;
  processes: number;
}

const none: Usage = { cpuNs: 0, ownBytes: 0, anonymousBytes: 0, pageFaults: 0, majorPageFaults: 0, processes: 0 };
const nsPerTick = 1e9 / 100; // the kernel's USER_HZ, the same on every architecture we run on

const kibibytes = (status: string, name: string): number =>
  Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(status)?.[1] ?? 0) * 1024;

async function usageOf(pid: string): Promise<Usage> {
  const [stat, status] = await Promise.all(['stat', 'status'].map((name) => readFile(`/proc/${pid}/${name}`, 'utf8')));
  // The second field is the program's name in parentheses and may hold anything, so fields count from the last one.
  const fields = (stat ?? '')
    .slice((stat ?? '').lastIndexOf(')') + 2)
    .split(' ')
    .map(Number);
  const sum = (...numbers: number[]): number => numbers.reduce((total, field) => total + (fields[field - 3] ?? 0), 0);
  const anonymousBytes = kibibytes(status ?? '', 'RssAnon');
  return {
    cpuNs: sum(14, 15, 16, 17) * nsPerTick, // its own and that of the children it has waited for
    ownBytes: anonymousBytes + kibibytes(status ?? '', 'RssShmem'),
    anonymousBytes,
    pageFaults: sum(10, 11),
    majorPageFaults: sum(12, 13),
    processes: 1,
  };
}

/** What each PID namespace uses now, by the namespace's name. Processes that end meanwhile are left out. */
async function usageByNamespace(): Promise<ReadonlyMap<string, Usage>> {
  const found = new Map<string, Usage>();
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  await Promise.all(
    pids.map(async (pid) => {
      try {
        const [namespace, usage] = await Promise.all([readlink(`/proc/${pid}/ns/pid`), usageOf(pid)]);
        const sum = found.get(namespace) ?? { ...none };
        for (const key of Object.keys(none) as (keyof Usage)[]) sum[key] += usage[key];
        found.set(namespace, sum);
      } catch {
        // it has just ended
      }
    }),
  );
  return found;
}

const value = (number: number): { readonly value: string } => ({ value: String(Math.round(number)) });
const cpu = (usage: Usage, timestamp: string) => ({ timestamp, usage_core_nano_seconds: value(usage.cpuNs) });
const memory = (usage: Usage, timestamp: string) => ({
  timestamp,
  working_set_bytes: value(usage.ownBytes),
  usage_bytes: value(usage.ownBytes),
  rss_bytes: value(usage.anonymousBytes),
  page_faults: value(usage.pageFaults),
  major_page_faults: value(usage.majorPageFaults),
});
const attributes = ({ id, config: { metadata, labels, annotations } }: Container | Sandbox) => ({
  attributes: { id, metadata, labels, annotations },
});

async function measure(containers: readonly Container[]): Promise<readonly { container: Container; usage: Usage }[]> {
  const usages = await usageByNamespace();
  return Promise.all(
    containers
      .filter(({ state }) => state.kind === 'running')
      .map(async (container) => {
        const namespace = await readlink(`/proc/${mainPid(container)}/ns/pid`).catch(() => '');
        return { container, usage: usages.get(namespace) ?? none };
      }),
  );
}

const message = ({ container, usage }: { container: Container; usage: Usage }, timestamp: string): object => ({
  ...attributes(container),
  cpu: cpu(usage, timestamp),
  memory: memory(usage, timestamp),
});

/** The CRI's ContainerStats of those containers that run. */
export async function containerStatistics(containers: readonly Container[]): Promise<object[]> {
  const timestamp = String(nowNs());
  return (await measure(containers)).map((measured) => message(measured, timestamp));
}

async function network({ network: own }: Sandbox, timestamp: string): Promise<object | undefined> {
  const table = await readFile(`/proc/${own?.pid}/net/dev`, 'utf8').catch(() => '');
  const counters = /^\s*eth0:(.*)$/m.exec(table)?.[1]?.trim().split(/\s+/).map(Number);
  if (!counters) return undefined;
  const [rxBytes = 0, , rxErrors = 0, , , , , , txBytes = 0, , txErrors = 0] = counters;
  return {
    timestamp,
    default_interface: {
      name: 'eth0',
      rx_bytes: value(rxBytes),
      rx_errors: value(rxErrors),
      tx_bytes: value(txBytes),
      tx_errors: value(txErrors),
    },
  };
}

/** The CRI's PodSandboxStats of those pods. */
export async function sandboxStatistics(
  sandboxes: readonly Sandbox[],
  containers: readonly Container[],
): Promise<object[]> {
  const timestamp = String(nowNs());
  const measured = await measure(containers);
  return Promise.all(
    sandboxes.map(async (sandbox) => {
      const own = measured.filter(({ container }) => container.sandbox.id === sandbox.id);
      const total = { ...none };
      for (const { usage } of own) for (const key of Object.keys(none) as (keyof Usage)[]) total[key] += usage[key];
      return {
        ...attributes(sandbox),
        linux: {
          cpu: cpu(total, timestamp),
          memory: memory(total, timestamp),
          network: await network(sandbox, timestamp),
          process: { timestamp, process_count: value(total.processes) },
          containers: own.map((one) => message(one, timestamp)),
        },
      };
    }),
  );
}
