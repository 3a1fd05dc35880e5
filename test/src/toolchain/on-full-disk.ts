/** Brings programs into a cache on a disk that is too small, and prints how that ended. */

import { readdir, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { AssayError } from '../../../src/model/errors.ts';
import { silentProgress } from '../../../src/model/progress.ts';
import { goArch } from '../../../src/toolchain/source-key.ts';
import { createToolchain } from '../../../src/toolchain/toolchain.ts';
import { entry, goSource, modulesFolder } from './bench.ts';

const cacheFolder = process.argv[2] ?? '';
const server = createServer((_request, response) => response.end(Buffer.alloc(1_000_000)));
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
const { port } = server.address() as AddressInfo;
const download = {
  kind: 'download',
  url: () => `http://127.0.0.1:${port}/hello`,
  sha256: { kind: 'stated', byArch: { [goArch()]: '0'.repeat(64) } },
} as const;

const ends: unknown[] = [];
for (const source of [download, goSource()]) {
  const { signal } = new AbortController();
  const toolchain = createToolchain({
    progress: silentProgress,
    signal,
    cacheFolder,
    modulesFolder,
    catalogue: [entry([source, { kind: 'wheel', package: 'never', version: '1', sha256: [], member: '' }])],
  });
  const error = await toolchain.ensure(['hello']).catch((thrown: unknown) => thrown);
  if (!(error instanceof AssayError)) throw error;
  const { code, exitCode } = error;
  ends.push({ code, exitCode, left: (await readdir(join(cacheFolder, 'toolchain'))).sort() });
  await rm(join(cacheFolder, 'toolchain'), { recursive: true });
}
process.stdout.write(JSON.stringify(ends));
server.close();
