import type { SecurityContext } from './messages.ts';

// What container runtimes commonly leave to a program that asks for nothing.
const usual = [
  ...['audit_write', 'chown', 'dac_override', 'fowner', 'fsetid', 'kill', 'mknod', 'net_bind_service', 'net_raw'],
  ...['setfcap', 'setgid', 'setpcap', 'setuid', 'sys_chroot'],
];

const nameOf = (capability: string): string => capability.toLowerCase().replace(/^cap_/, '');

/** The argv to put before a container's program so that it has the capabilities it asked for and no others. */
export function privilegePrefix(security: SecurityContext | null | undefined): readonly string[] {
  if (security?.privileged) return [];
  const added = (security?.capabilities?.add_capabilities ?? []).map(nameOf);
  const dropped = (security?.capabilities?.drop_capabilities ?? []).map(nameOf);
  const kept = dropped.includes('all') ? [] : usual.filter((name) => !dropped.includes(name));
  const set = added.includes('all')
    ? ['+all', ...dropped.filter((name) => name !== 'all').map((name) => `-${name}`)]
    : ['-all', ...[...new Set([...kept, ...added])].map((name) => `+${name}`)];
  return [
    ...['setpriv', `--bounding-set=${set.join(',')}`, '--inh-caps=-all'],
    ...(security?.no_new_privs ? ['--no-new-privs'] : []),
    '--',
  ];
}
