import { createReadStream } from 'node:fs';
import { cp, readdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { Cluster, ClusterStatus } from '../model/cluster.ts';
import { usageError } from '../model/errors.ts';
import { suggestion } from '../run/choose.ts';
import { print } from './print.ts';

const extension = '.log';

/** Copies all logs of a kept cluster into `out`, prints that of one component, or lists what there is. */
export async function printLogs(
  { name, state, logFolder }: ClusterStatus,
  component: string | undefined,
  out: string | undefined,
  attach: () => Promise<Cluster | undefined>,
): Promise<void> {
  if (out !== undefined) {
    await using cluster = state === 'running' ? await attach() : undefined;
    if (cluster === undefined) await cp(logFolder, resolve(out), { recursive: true });
    else await cluster.collectLogs(resolve(out));
    print(process.stdout, `Logs of "${name}" are in ${resolve(out)}\n`);
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
