import { dirname } from 'node:path';
import type { Installed } from '../../../src/model/program.ts';
import type { Image, ImageStore } from '../cri/runtime.ts';
import { errorOf, type ImageAnswer, type ImageQuestion } from '../messages.ts';

/** Folders every container has anyway. */
const common = /^\/(usr|lib\w*|bin|sbin)\//;

const foldersOf = ({ path, env }: Installed): readonly string[] =>
  // Node.js is everywhere, whatever the image: the harness starts programs of its own in pods.
  [dirname(path), dirname(process.execPath), ...(env.LD_LIBRARY_PATH ?? '').split(':')].filter(
    (folder) => folder !== '' && !common.test(`${folder}/`),
  );

const imageOf = (name: string, program: Installed): Image => ({
  name,
  entrypoint: [program.path],
  env: program.env,
  folders: [...new Set(foldersOf(program))],
});

/** Images of one node, each brought by the cluster's owner when it is first pulled. */
export function imageStore(ask: (question: ImageQuestion) => void) {
  const images = new Map<string, Image>();
  const waiting = new Map<string, { resolve: (image: Image) => void; reject: (reason: unknown) => void }[]>();
  const store: ImageStore = {
    find: (ref) => images.get(ref),
    list: () => [...images.values()],
    pull: (ref) =>
      new Promise((resolve, reject) => {
        const others = waiting.get(ref) ?? [];
        waiting.set(ref, [...others, { resolve, reject }]);
        if (others.length === 0) ask({ kind: 'image', image: ref });
      }),
  };
  const settle = ({ image: ref, answer }: ImageAnswer): void => {
    const those = waiting.get(ref) ?? [];
    waiting.delete(ref);
    if (answer.kind === 'refused') for (const { reject } of those) reject(errorOf(answer.failure));
    else {
      const image = imageOf(ref, answer.program);
      images.set(ref, image);
      for (const { resolve } of those) resolve(image);
    }
  };
  return { store, settle };
}
