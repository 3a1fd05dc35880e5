import { setTimeout as pause } from 'node:timers/promises';
import type { PlacedProcess } from '../../src/model/cluster.ts';
import { environmentError } from '../../src/model/errors.ts';
import { timeouts } from '../../src/model/timeouts.ts';

/** A shell that stays where it was started, for what is asked often: an engine's `exec` of its own takes the machine a hundred times as much. */
export interface NodeShell extends AsyncDisposable {
  /** What the commands print, whatever their end. Rejects where the shell has ended, or does not answer within `timeouts.engineMs`. */
  ask(commands: string): Promise<string>;
}

/** How long a shell that is told to end may take: an engine of containerd may leave one there whose client is killed. */
const leaveMs = 1000;

/** Never printed by a program: the shell writes it between answers. */
const end = '\u0004\n';

/** Opens it where `start` starts one; `name` is of the node, for errors. */
export async function openShell(name: string, start: () => Promise<PlacedProcess>): Promise<NodeShell> {
  const shell = await start();
  let said = '';
  let heard = () => {};
  let over = false;
  shell.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    said += chunk;
    heard();
  });
  let complaint = '';
  shell.stderr.setEncoding('utf8').on('data', (chunk: string) => {
    complaint = (complaint + chunk).slice(-500);
  });
  void shell.exited.then(() => {
    over = true;
    heard();
  });

  async function answer(commands: string): Promise<string> {
    said = '';
    if (!over) complaint = '';
    shell.stdin.write(`${commands}\nprintf '\\004\\n'\n`);
    await new Promise<void>((resolve) => {
      const late = setTimeout(resolve, timeouts.engineMs);
      heard = () => {
        if (!over && !said.endsWith(end)) return;
        clearTimeout(late);
        resolve();
      };
      heard();
    });
    if (said.endsWith(end)) return said.slice(0, -end.length);
    const what = over ? `has ended: ${complaint.trim()}` : `did not answer within ${timeouts.engineMs / 1000} s`;
    over = true; // what comes late would be taken for the next answer
    throw environmentError('engine-silent', `the shell in the node ${name} ${what}`, {
      next: 'see whether the node runs, and whether the engine answers',
    });
  }

  let last: Promise<unknown> = Promise.resolve();
  return {
    ask(commands) {
      const next = last.then(() => answer(commands));
      last = next.catch(() => {});
      return next;
    },
    async [Symbol.asyncDispose]() {
      shell.stdin.end('exit\n');
      await Promise.race([shell.exited, pause(leaveMs, undefined, { ref: false })]);
      await shell[Symbol.asyncDispose]();
    },
  };
}
