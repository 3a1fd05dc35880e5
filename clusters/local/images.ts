import { environmentError } from '../../src/model/errors.ts';
import { imageReference } from '../../src/model/image.ts';
import type { Installed, Toolchain } from '../../src/model/program.ts';
import { programOfImage, readPrograms } from '../../src/toolchain/catalogue.ts';
import type { GivenImages } from './given-images.ts';
import { failureOf, type ImageAnswer } from './messages.ts';

/** Pulls an image, which here is to bring the program it stands for. Never rejects: a refusal is an answer. */
export async function bringImage(toolchain: Toolchain, given: GivenImages, image: string): Promise<ImageAnswer> {
  try {
    const path = given[imageReference(image)];
    if (path !== undefined) {
      const program: Installed = { name: image, version: 'unknown', path, env: {}, from: '--image' };
      return { kind: 'image', image, answer: { kind: 'found', program } };
    }
    const program = programOfImage(await readPrograms(), image);
    if (program === undefined)
      throw environmentError('image-not-found', `no program of the toolchain stands for the image "${image}"`, {
        next: `a program of yours can: --image ${image}=<file>`,
      });
    const installed = (await toolchain.ensure([program.name])).get(program.name);
    if (installed === undefined) throw environmentError('image-not-found', `${program.name} cannot be brought`);
    return { kind: 'image', image, answer: { kind: 'found', program: installed } };
  } catch (error) {
    return { kind: 'image', image, answer: { kind: 'refused', failure: failureOf(error) } };
  }
}

/** What stands for these images: version and source of the program, or the user's own file. What cannot be found now is left out. */
export async function standIns(
  toolchain: Toolchain,
  given: GivenImages,
  images: readonly string[],
): Promise<Readonly<Record<string, string>>> {
  const programs = await readPrograms();
  const found = images.map(async (image) => {
    const path = given[imageReference(image)];
    if (path !== undefined) return [[image, path]];
    const name = programOfImage(programs, image)?.name;
    const installed = name === undefined ? undefined : await toolchain.find(name);
    return installed === undefined ? [] : [[image, `${installed.version} (${installed.from})`]];
  });
  return Object.fromEntries((await Promise.all(found)).flat());
}
