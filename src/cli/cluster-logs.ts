import { createReadStream } from 'node:fs';
import { cp, readdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { ClusterHost, ClusterProvider, ClusterStatus } from '../model/cluster.ts';
import { usageError } from '../model/errors.ts';
import { suggestion } from '../run/choose.ts';
import { print } from './print.ts';

const extension = '.log';

/** Copies all logs of a kept cluster into `out`, prints that of one component, or lists what there is. */
export async function printLogs(
  { name, state, logFolder }: ClusterStatus,
  component: string | undefined,
  out: string | undefined,
  provider: ClusterProvider,
  host: ClusterHost,
): Promise<void> {
  if (out !== undefined) {
    const folder = resolve(out);
    await using cluster = state === 'running' ? await provider.attach(name, host) : undefined;
    if (cluster !== undefined) await cluster.collectLogs(folder);
    else if (provider.salvageLogs !== undefined) await provider.salvageLogs(name, folder, host);
    else await cp(logFolder, folder, { recursive: true });
    print(process.stdout, `Logs of "${name}" are in ${folder}\n`);
    return;
  }
  const files = (await readdir(logFolder)).filter((file) => file.endsWith(extension)).sort();
  const components = files.map((file) => file.slice(0, -extension.length));
  if (component === undefined) {
    print(process.stdout, `${components.join('\n')}\n`);
    return;
  }
  if (!components.includes(component))
    throw usageError('unknown-component', `no log of "${component}". ${suggestion(component, components)}`, {
      next: `ingress-assay cluster logs --name ${name}`,
    });
  await pipeline(createReadStream(join(logFolder, `${component}${extension}`)), process.stdout, { end: false });
}
