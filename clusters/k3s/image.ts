import { environmentError, usageError } from '../../src/model/errors.ts';
import type { Progress } from '../../src/model/progress.ts';
import { runLeashed } from '../../src/toolchain/leash.ts';

/** The image that was named, else that of a version of Kubernetes: k3s has one for each patch. */
export function imageOf(version: string, named: string | undefined): string {
  if (named !== undefined) return named;
  if (/^v\d+\.\d+\.\d+$/.test(version)) return `rancher/k3s:${version}-k3s1`;
  throw usageError('kubernetes-version', `"${version}" is no whole version of Kubernetes, as images of k3s have it`, {
    next: 'say it as v1.37.2, or name an image with --k3s-image',
  });
}

/** Sees that Docker has the image, pulling it where it lacks. One that cannot be had is an environment error with the command to get it. */
export async function haveImage(image: string, { step }: Progress, signal: AbortSignal): Promise<void> {
  const found = await runLeashed(['docker', 'image', 'inspect', image], { signal });
  if (found.kind === 'ended' && found.code === 0) return;
  await step(`pull ${image}`, async (report) => {
    const pulled = await runLeashed(['docker', 'pull', image], { signal, onLine: (line) => report(line.trim()) });
    if (pulled.kind === 'ended' && pulled.code === 0) return;
    const said = pulled.kind === 'ended' ? pulled.output.slice(-3).join('\n') : 'docker is not there';
    throw environmentError('image-missing', `the image ${image} is not here and cannot be pulled: ${said}`, {
      next: `docker pull ${image}, or name one that is here with --k3s-image`,
    });
  });
}
