import { inspect } from 'node:util';
import { environmentError, exitCodes, interrupted, messageOf } from '../model/errors.ts';

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
const accidents = ['uncaughtException', 'unhandledRejection'] as const;

/**
 * Ctrl-C and its like, as an AbortSignal; the second one ends the process at once. An error that nobody caught ends
 * the run in the same orderly way: it may neither be lost nor cost the report.
 */
export function catchInterruption(tell: (line: string) => void): Disposable & { readonly signal: AbortSignal } {
  const controller = new AbortController();
  const onSignal = (name: NodeJS.Signals): void => {
    if (controller.signal.aborted) process.exit(exitCodes.interrupted);
    tell(`${name}: cleaning up; once more ends at once`);
    controller.abort(interrupted(name));
  };
  const onAccident = (thrown: unknown): void => {
    tell(inspect(thrown));
    controller.abort(
      environmentError('internal', `an error that nobody caught: ${messageOf(thrown)}`, {
        next: 'this is a fault of ingress-assay: report it with the lines above',
        cause: thrown,
      }),
    );
  };
  for (const name of signals) process.on(name, onSignal);
  for (const name of accidents) process.on(name, onAccident);
  return {
    signal: controller.signal,
    [Symbol.dispose]() {
      for (const name of signals) process.off(name, onSignal);
      for (const name of accidents) process.off(name, onAccident);
    },
  };
}
