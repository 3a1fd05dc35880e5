import { chmod, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import type { Program, Source, Toolchain } from '../../../src/model/program.ts';
import type { Progress } from '../../../src/model/progress.ts';
import { packageRoot } from '../../../src/paths.ts';
import { createToolchain } from '../../../src/toolchain/toolchain.ts';

/** Go modules to build in tests. */
export const modulesFolder = join(packageRoot, 'test/fixtures/toolchain');

/** What a toolchain is told to do in a test, over the bench's defaults. */
export interface Conditions {
  readonly env?: NodeJS.ProcessEnv;
  readonly signal?: AbortSignal;
  readonly cacheFolder?: string;
  readonly modulesFolder?: string;
}

/** A temporary folder with a cache of its own, gone with the test. */
export interface Bench extends AsyncDisposable {
  readonly folder: string;
  readonly cacheFolder: string;
  /** What the toolchain said it was doing. */
  readonly said: string[];
  toolchain(catalogue: readonly Program[], conditions?: Conditions): Toolchain;
  /** Writes an executable into `bin/` and returns its path. */
  script(name: string, text: string): Promise<string>;
  /** A PATH of `bin/` and the named commands of this machine, nothing else. */
  pathWith(...commands: readonly string[]): Promise<string>;
}

export async function createBench(): Promise<Bench> {
  const folder = await mkdtemp(join(tmpdir(), 'assay-toolchain-'));
  const cacheFolder = join(folder, 'cache');
  const bin = join(folder, 'bin');
  await mkdir(bin);
  const said: string[] = [];
  const progress: Progress = {
    step: (title, body) => {
      said.push(title);
      return body((detail) => said.push(detail));
    },
    note: (line) => said.push(line),
  };
  const never = new AbortController().signal;
  return {
    folder,
    cacheFolder,
    said,
    toolchain: (catalogue, conditions = {}) =>
      createToolchain({ progress, signal: never, cacheFolder, modulesFolder, catalogue, ...conditions }),
    async script(name, text) {
      const path = join(bin, name);
      await writeFile(path, `#!/bin/sh\n${text}\n`);
      await chmod(path, 0o755);
      return path;
    },
    async pathWith(...commands) {
      for (const command of commands) await symlink(await commandPath(command), join(bin, command));
      return bin;
    },
    async [Symbol.asyncDispose]() {
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function commandPath(command: string): Promise<string> {
  const { access } = await import('node:fs/promises');
  for (const folder of (process.env.PATH ?? '').split(delimiter)) {
    const path = join(folder, command);
    const there = await access(path).then(
      () => true,
      () => false,
    );
    if (there) return path;
  }
  throw new Error(`${command} is not on PATH`);
}

/** An entry whose program answers `--version` with `<name> v1.2.3`. */
export const entry = (sources: readonly Source[], name = 'hello', version = '1.2.3'): Program => ({
  name,
  summary: 'greets',
  version,
  probe: { args: ['--version'], pattern: /v(\d\S*)/ },
  sources,
});

/** A source that builds one of the fixture's programs. */
export const goSource = (name = 'hello'): Source => ({
  kind: 'go',
  module: 'greeter',
  package: `greeter/cmd/${name}`,
  ldflags: (version) => `-X main.version=${version}`,
});
