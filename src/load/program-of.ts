import { execFile } from 'node:child_process';
import type { LoadOrder } from '../model/load.ts';

/** A program that an order says where to find. */
export interface OrderedProgram {
  readonly path: string;
  readonly env: Readonly<Record<string, string>>;
  /** What it says of itself; `unknown` where it says nothing that fits. */
  version(args: readonly string[], pattern: RegExp): Promise<string>;
}

const versionMs = 10_000;

/** The program of that name; throws where the order has none. */
export function programOf(order: LoadOrder, name: string): OrderedProgram {
  const path = order.programs?.[name];
  if (path === undefined) throw new Error(`the order does not say where ${name} is`);
  const env = order.programEnv?.[name] ?? {};
  return {
    path,
    env,
    version: (args, pattern) =>
      new Promise((resolve) => {
        execFile(path, args, { env: { ...process.env, ...env }, timeout: versionMs }, (_error, stdout, stderr) =>
          resolve(pattern.exec(`${stdout}\n${stderr}`)?.[1] ?? 'unknown'),
        );
      }),
  };
}
