import { exitCodes, interrupted } from '../model/errors.ts';

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Ctrl-C and its like, as an AbortSignal. The second one ends the process at once. */
export function catchInterruption(tell: (line: string) => void): Disposable & { readonly signal: AbortSignal } {
  const controller = new AbortController();
  const onSignal = (name: NodeJS.Signals): void => {
    if (controller.signal.aborted) process.exit(exitCodes.interrupted);
    tell(`${name}: writing the report and cleaning up; once more ends at once`);
    controller.abort(interrupted(name));
  };
  for (const name of signals) process.on(name, onSignal);
  return {
    signal: controller.signal,
    [Symbol.dispose]() {
      for (const name of signals) process.off(name, onSignal);
    },
  };
}
