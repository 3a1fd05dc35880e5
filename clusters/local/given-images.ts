import { access, constants, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { ProviderFlags } from '../../src/model/cluster.ts';
import { usageError } from '../../src/model/errors.ts';
import { imageReference } from '../../src/model/image.ts';

/** Images that stand for programs of the user's: absolute path by reference. */
export type GivenImages = Readonly<Record<string, string>>;

/** What `--image name=file` was given. A file that is missing or cannot be run is a usage error. */
export async function givenImages({ image = [] }: ProviderFlags = {}): Promise<GivenImages> {
  const pairs = [image].flat().map(async (given) => {
    const [, name = '', file = ''] = /^([^=]+)=(.+)$/.exec(given) ?? [];
    if (file === '') throw fault(`"${given}" is no image and file`, '--image my/controller:dev=./bin/controller');
    const path = resolve(file);
    const found = await stat(path).catch(() => undefined);
    if (found === undefined) throw fault(`${file} is not there`, `build it; ${name} is to stand for it`);
    if (!found.isFile()) throw fault(`${file} is no file`, 'name the program itself');
    await access(path, constants.X_OK).catch(() => {
      throw fault(`${file} cannot be run`, `chmod +x ${file}`);
    });
    return [imageReference(name), path] as const;
  });
  return Object.fromEntries(await Promise.all(pairs));
}

const fault = (what: string, next: string) => usageError('image-invalid', `--image: ${what}`, { next });
