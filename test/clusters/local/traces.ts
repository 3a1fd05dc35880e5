import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

const processes = (): readonly string[] => readdirSync('/proc').filter((entry) => /^\d+$/.test(entry));

const ofProcess = (read: () => string): string => {
  try {
    return read();
  } catch {
    return ''; // it has just ended
  }
};

/** The user namespace a process is in; empty where there is no such process. */
export const userNamespaceOf = (pid: string | number): string => ofProcess(() => readlinkSync(`/proc/${pid}/ns/user`));
const parentOf = (pid: string): number =>
  Number(/^PPid:\s+(\d+)/m.exec(ofProcess(() => readFileSync(`/proc/${pid}/status`, 'utf8')))?.[1]);

/** Children of a process that entered a user namespace of their own: what a cluster's namespaces begin with. */
export const namespacesBelow = (pid: number): readonly string[] =>
  processes()
    .filter((id) => parentOf(id) === pid)
    .map(userNamespaceOf)
    .filter((namespace) => namespace !== '' && namespace !== userNamespaceOf('self'));

/** Command lines of the processes that live in a user namespace. */
export const membersOf = (namespace: string): readonly string[] =>
  processes()
    .filter((id) => userNamespaceOf(id) === namespace)
    .map(
      (id) =>
        ofProcess(() => readFileSync(`/proc/${id}/cmdline`, 'utf8').replaceAll('\0', ' ').trim()) || `zombie ${id}`,
    );

/** Process id of the member that runs a program of that name. */
export const findMember = (namespace: string, program: string): number | undefined => {
  const found = processes().find(
    (id) =>
      userNamespaceOf(id) === namespace &&
      ofProcess(() => readFileSync(`/proc/${id}/cmdline`, 'utf8'))
        .split('\0')[0]
        ?.endsWith(`/${program}`),
  );
  return found === undefined ? undefined : Number(found);
};

/** Resolves once `look` finds something. */
export async function until<T>(look: () => T | undefined): Promise<T> {
  for (;;) {
    const found = look();
    if (found !== undefined) return found;
    await sleep(10);
  }
}

/** What this machine has of the things a cluster might leave: mounts, network interfaces and temporary files. */
export const machineTraces = () => ({
  mounts: readFileSync('/proc/self/mountinfo', 'utf8'),
  interfaces: readdirSync('/sys/class/net'),
});
