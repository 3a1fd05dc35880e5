import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pLimit from 'p-limit';
import { environmentError, usageError } from '../../src/model/errors.ts';
import type { Progress } from '../../src/model/progress.ts';
import { engineOf, type RunOptions, run } from './engine.ts';
import { explained } from './explain.ts';

const pullsAtOnce = 4;

/** Sees that the engine has these images: those it lacks are pulled side by side. One that cannot be had is named with the command to get it. */
export async function haveImages(images: readonly string[], progress: Progress, signal: AbortSignal): Promise<void> {
  const engine = engineOf();
  const has = async (image: string) => (await run([engine, 'image', 'inspect', image], { signal })).code === 0;
  const there = await Promise.all(images.map(has));
  const missing = images.filter((_, index) => !there[index]);
  if (missing.length === 0) return;
  await progress.step(`pull ${missing.join(', ')}`, async (report) => {
    const atOnce = pLimit(pullsAtOnce);
    const pull = async (image: string) => {
      const onLine = (line: string) => report(`${image}: ${line.trim()}`);
      const { code, stderr } = await run([engine, 'pull', image], { signal, onLine });
      if (code === 0) return;
      const why = explained('', stderr);
      throw environmentError('image-missing', `the image ${image} is not here and cannot be pulled: ${stderr.trim()}`, {
        next: why.code === 'disk-full' ? (why.next ?? '') : `${engine} pull ${image}`,
      });
    };
    await Promise.all(missing.map((image) => atOnce(() => pull(image))));
  });
}

/** Where images are loaded to, and by which kind. */
interface LoadTarget {
  readonly kind: string;
  readonly kindName: string;
  readonly nodes: readonly string[];
}

/**
 * What a node says of an image whose index names platforms that the engine has not pulled: Docker's containerd store, the usual one
 * since Docker 29, hands over the whole index (https://github.com/kubernetes-sigs/kind/issues/3795).
 */
const otherPlatforms = /content digest \S+ not found/;

/** Gives images that the engine has to nodes of a kind cluster. */
export async function loadImages(
  images: readonly string[],
  { kind, kindName, nodes }: LoadTarget,
  options: RunOptions,
): Promise<void> {
  const engine = engineOf();
  const why = (stderr: string) => explained('the images cannot be loaded into the nodes', stderr);
  const carried = async (command: readonly string[]) => {
    const { code, stdout, stderr } = await run(command, options);
    if (code !== 0) throw why(stderr);
    return stdout.trim();
  };
  const load = (what: string, ...those: readonly string[]) =>
    [kind, 'load', what, '--name', kindName, '--nodes', nodes.join(','), ...those] as const;
  if (engine === 'docker') {
    const { code, stderr } = await run(load('docker-image', ...images), options);
    if (code === 0) return;
    if (!otherPlatforms.test(stderr)) throw why(stderr);
  }
  // For single images kind asks Docker, whatever the engine is.
  const flags = {
    docker: async () => [
      '--platform',
      await carried([engine, 'version', '--format', '{{.Server.Os}}/{{.Server.Arch}}']),
    ],
    podman: () => ['--multi-image-archive'],
    nerdctl: () => [],
  };
  const folder = await mkdtemp(join(tmpdir(), 'assay-images-'));
  try {
    const archive = join(folder, 'images.tar');
    await carried([engine, 'save', ...(await flags[engine]()), '--output', archive, ...images]);
    await carried(load('image-archive', archive));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/**
 * The node image for that version, of a version without a patch the newest that the engine has. Unasked it is the newest of
 * `usual` that the engine has, or `undefined`, which is kind's own choice.
 */
export async function nodeImage(
  kubernetes: string | undefined,
  usual: string,
  signal: AbortSignal,
): Promise<string | undefined> {
  if (kubernetes !== undefined && /^v\d+\.\d+\.\d+$/.test(kubernetes)) return `kindest/node:${kubernetes}`;
  const minor = kubernetes ?? usual;
  if (!/^v\d+\.\d+$/.test(minor))
    throw usageError('kubernetes-version', `"${minor}" is no version of Kubernetes`, {
      next: 'say it as v1.37.2 or v1.37',
    });
  const { stdout } = await run([engineOf(), 'image', 'ls', '--format', '{{.Tag}}', 'kindest/node'], { signal });
  const newest = newestOf(minor, stdout.split('\n'));
  if (newest !== undefined) return `kindest/node:${newest}`;
  if (kubernetes === undefined) return undefined;
  throw environmentError('image-missing', `there is no node image of Kubernetes ${minor} here, of any patch`, {
    next: `say the whole version of one that https://github.com/kubernetes-sigs/kind/releases lists, such as --kubernetes ${minor}.1`,
  });
}

/** The tag with the highest patch of that minor version. */
export function newestOf(minor: string, tags: readonly string[]): string | undefined {
  const patchOf = (tag: string) => Number(tag.slice(minor.length + 1));
  return tags
    .filter((tag) => tag.startsWith(`${minor}.`) && Number.isInteger(patchOf(tag)))
    .sort((a, b) => patchOf(b) - patchOf(a))[0];
}
