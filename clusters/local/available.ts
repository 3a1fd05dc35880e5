import { execFile } from 'node:child_process';
import { constants } from 'node:fs';
import { access, readFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import type { Availability } from '../../src/model/cluster.ts';
import { messageOf } from '../../src/model/errors.ts';
import { inNamespaces } from './namespaces.ts';

const tryTimeoutMs = 1_500;

/** Programs a bare Linux machine has, with the package that brings them to one that lacks them. */
const needed: Readonly<Record<string, string>> = {
  unshare: 'util-linux',
  nsenter: 'util-linux',
  setpriv: 'util-linux',
  mount: 'mount',
  ip: 'iproute2',
};

/** Settings that forbid user namespaces, each with the value that does and the command that allows them. */
const settings = [
  { file: 'kernel/unprivileged_userns_clone', forbids: '0', allow: 'sudo sysctl kernel.unprivileged_userns_clone=1' },
  {
    file: 'kernel/apparmor_restrict_unprivileged_userns',
    forbids: '1',
    allow: 'sudo sysctl kernel.apparmor_restrict_unprivileged_userns=0',
  },
  { file: 'user/max_user_namespaces', forbids: '0', allow: 'sudo sysctl user.max_user_namespaces=10000' },
];

const unavailable = (reason: string, next: string): Availability => ({ kind: 'unavailable', reason, next });

const isOnPath = async (program: string, path: string): Promise<boolean> => {
  const tries = path.split(delimiter).map((folder) => access(join(folder, program), constants.X_OK));
  return Promise.any(tries).then(
    () => true,
    () => false,
  );
};

/** Whether this machine lets us make a cluster's namespaces; found out by making some, for a moment. */
export async function available(platform = process.platform, path = process.env.PATH ?? ''): Promise<Availability> {
  if (platform !== 'linux')
    return unavailable(
      `the local cluster needs Linux namespaces; this is ${platform}`,
      'use --cluster kind, which needs Docker',
    );
  for (const [program, from] of Object.entries(needed))
    if (!(await isOnPath(program, path)))
      return unavailable(
        `\`${program}\` is not on PATH`,
        `install the package ${from}, e.g. sudo apt-get install ${from}`,
      );
  const [command = '', ...args] = inNamespaces(['true']);
  try {
    await promisify(execFile)(command, args, { timeout: tryTimeoutMs, env: { PATH: path, LC_ALL: 'C' } });
    return { kind: 'available' };
  } catch (error) {
    const said = (error as { stderr?: string }).stderr?.trim() || messageOf(error);
    for (const { file, forbids, allow } of settings) {
      const value = await readFile(join('/proc/sys', file), 'utf8').catch(() => '');
      if (value.trim() === forbids)
        return unavailable(
          `this machine does not let a user make namespaces (${file.replaceAll('/', '.')} is ${forbids})`,
          allow,
        );
    }
    return unavailable(
      `namespaces cannot be made here: ${said}`,
      'in a container, allow them (for Docker: --privileged), or use --cluster kind',
    );
  }
}
