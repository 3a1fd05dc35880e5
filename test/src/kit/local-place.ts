import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Cluster, PlacedProcess } from '../../../src/model/cluster.ts';

/** Every place is this machine: programs are started as children of the test. */
export function localPlace(): Pick<Cluster, 'start'> & { readonly pids: () => readonly number[] } {
  const pids: number[] = [];
  return {
    pids: () => pids,
    async start(_place, [program = '', ...args]): Promise<PlacedProcess> {
      const child = spawn(program, args, { stdio: 'pipe', cwd: '/' });
      await once(child, 'spawn');
      pids.push(child.pid ?? 0);
      const exited = once(child, 'exit').then(([code, signal]) => ({ code, signal }));
      return {
        stdin: child.stdin,
        stdout: child.stdout,
        stderr: child.stderr,
        exited,
        async [Symbol.asyncDispose]() {
          child.kill('SIGKILL');
          await exited;
        },
      };
    },
  };
}
