import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { environmentError } from '../../../src/model/errors.ts';
import { shortened } from '../../../src/model/printable.ts';
import { timeouts } from '../../../src/model/timeouts.ts';
import type { Failure } from '../messages.ts';
import { inside } from '../plan.ts';
import { adviceOn } from './advice.ts';

/** One process of the cluster: how it is started, and how one knows that it works. */
export interface Component {
  readonly name: string;
  readonly argv: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** The host whose network it lives in; this process's own where absent. */
  readonly host?: string;
  /** With a message channel to this process. */
  readonly channel?: boolean;
  /** Whether it works by now; asked again and again until it says so. */
  readonly ready: () => Promise<boolean>;
}

/** Told once of a component that ended though nobody asked it to. */
export type OnFailure = (failure: Failure) => void;

const askAgainMs = 20;
const lastLines = (file: string, count: number): string =>
  readFileSync(file, 'utf8')
    .trimEnd()
    .split('\n')
    .slice(-count)
    .map((line) => `  ${shortened(line, 200)}`)
    .join('\n');

/**
 * Starts a component with its output in `<logFolder>/<name>.log`. Ends of it, at any time, go to `onFailure`: a cluster's
 * components end with the cluster's namespaces, never by themselves.
 */
export function startComponent(component: Component, logFolder: string, onFailure: OnFailure): ChildProcess {
  const log = join(logFolder, `${component.name}.log`);
  const output = openSync(log, 'a');
  const enter = component.host === undefined ? [] : ['nsenter', `--net=${inside.networkNamespace(component.host)}`];
  const [command = '', ...args] = [...enter, ...component.argv];
  const startedMs = performance.now();
  const child = spawn(command, args, {
    env: { PATH: process.env.PATH, ...component.env },
    stdio: ['ignore', output, output, ...(component.channel ? ['ipc' as const] : [])],
  });
  closeSync(output);
  child.once('error', (error) => {
    onFailure({
      code: 'component-not-started',
      message: `${component.name} did not start: ${error.message}`,
      log,
    });
  });
  child.once('exit', (code, signal) => {
    const how = signal === null ? `exited with code ${code}` : `was ended by ${signal}`;
    const afterS = ((performance.now() - startedMs) / 1000).toFixed(1);
    onFailure({
      code: 'component-ended',
      message: `${component.name} ${how} after ${afterS} s\nIts last words:\n${lastLines(log, 5)}`,
      next: adviceOn(readFileSync(log, 'utf8'), 'read its log; then start a new cluster'),
      log,
    });
  });
  return child;
}

/** Asks until the answer is yes, or time is up: then the answer is no. */
export async function until(
  ask: () => Promise<boolean>,
  timeoutMs: number = timeouts.componentReadyMs,
): Promise<boolean> {
  const deadlineMs = performance.now() + timeoutMs;
  while (!(await ask())) {
    if (performance.now() > deadlineMs) return false;
    await sleep(askAgainMs);
  }
  return true;
}

/** Resolves once the component says that it works; throws when it does not in time. */
export async function untilReady(component: Component, logFolder: string): Promise<void> {
  if (await until(component.ready)) return;
  const log = join(logFolder, `${component.name}.log`);
  throw environmentError(
    'component-not-ready',
    `${component.name} did not get ready within ${timeouts.componentReadyMs / 1000} s`,
    { log, next: adviceOn(readFileSync(log, 'utf8'), 'read its log; is the machine overloaded?') },
  );
}

/** The next message from a child that satisfies `wanted`. */
export async function messageFrom<T>(child: ChildProcess, wanted: (message: unknown) => message is T): Promise<T> {
  for (;;) {
    const [message] = await once(child, 'message');
    if (wanted(message)) return message;
  }
}
