import { randomUUID } from 'node:crypto';
import { type Output, print } from './print.ts';

/** Whether a runner of GitHub Actions reads what is printed. */
export const isOnGitHub = (env: NodeJS.ProcessEnv = process.env): boolean => env.GITHUB_ACTIONS === 'true';

/**
 * Keeps a runner of GitHub Actions from taking lines for commands until disposed of: what a controller or a back-end said is printed
 * too, and may begin with `::`. Elsewhere nothing is printed.
 */
export function suspendCommands(output: Output, env: NodeJS.ProcessEnv = process.env): Disposable {
  if (!isOnGitHub(env)) return { [Symbol.dispose]: () => {} };
  const token = randomUUID();
  print(output, `::stop-commands::${token}\n`);
  let suspended = true;
  return {
    [Symbol.dispose]() {
      if (suspended) print(output, `::${token}::\n`);
      suspended = false;
    },
  };
}
