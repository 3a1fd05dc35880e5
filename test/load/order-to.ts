import type { Engine, LoadOrder, LoadTarget } from '../../src/model/load.ts';
import { silentProgress } from '../../src/model/progress.ts';
import { createToolchain } from '../../src/toolchain/toolchain.ts';

const toolchain = createToolchain({ progress: silentProgress, signal: new AbortController().signal });

/** Where an engine's programs are, brought where they are not there yet. */
export async function programsOf({ programs }: Engine): Promise<Pick<LoadOrder, 'programs' | 'programEnv'>> {
  const found = [...(await toolchain.ensure(programs)).values()];
  return {
    programs: Object.fromEntries(found.map(({ name, path }) => [name, path])),
    programEnv: Object.fromEntries(found.map(({ name, env }) => [name, env])),
  };
}

/** A target on loopback that expects `hit` from the back-end `hit`. */
export const targetAt = (port: number, changes: Partial<LoadTarget> = {}): LoadTarget => ({
  name: 'route',
  address: '127.0.0.1',
  port,
  host: 'shop.example',
  path: '/',
  expect: { status: 200, bodyBytes: 3, servedBy: ['x-assay-backend', 'hit'] },
  ...changes,
});

/** Four connections for a second, at saturation. */
export const orderTo = (targets: readonly LoadTarget[], changes: Partial<LoadOrder> = {}): LoadOrder => ({
  shape: { kind: 'saturation' },
  targets,
  connections: 4,
  connectionUse: 'keep-alive',
  protocol: 'http/1.1',
  warmUpMs: 0,
  durationMs: 1000,
  timeoutMs: 1000,
  seed: 1,
  threads: 1,
  programs: {},
  ...changes,
});
