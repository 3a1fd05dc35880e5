import { join } from 'node:path';
import { readManifest } from '../kube/manifest.ts';
import type { Controller, ControllerSettings } from '../model/controller.ts';
import type { KubernetesObject } from '../model/kubernetes.ts';
import { packageRoot } from '../paths.ts';
import type { PlannedArea } from './plan.ts';

/** The images of all that a run applies by itself, in order of name. A check's own back-ends have those of the fixtures. */
export async function imagesOf(
  areas: readonly PlannedArea[],
  controller: Controller,
  settings: ControllerSettings,
): Promise<readonly string[]> {
  return [...new Set(imagesIn(await objectsOf(areas, controller, settings)))].sort();
}

/** The objects that a run applies by itself: the controller's, the harness's and those of the stories' steps. */
export async function objectsOf(
  areas: readonly PlannedArea[],
  controller: Controller,
  settings: ControllerSettings,
): Promise<readonly KubernetesObject[]> {
  const fixtures = ['tutorial/net-test.yaml', 'backends/cast.yaml'];
  const steps = areas.flatMap(({ steps }) => steps.flatMap(({ step }) => step ?? []));
  const manifests = await Promise.all([
    controller.manifests(settings),
    ...fixtures.map((file) => readManifest(join(packageRoot, 'fixtures', file))),
    ...steps.map((step) => step.manifests({ controller, settings })),
  ]);
  return manifests.flat();
}

/** What stands for an image that a webhook of Istio's fills in. */
const filledInLater = 'auto';

/** Every `image` of a container in these objects, however deep. */
export function imagesIn(value: unknown): readonly string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    ['containers', 'initContainers'].includes(key) && Array.isArray(inner)
      ? inner.flatMap(({ image }: { image?: unknown }) =>
          typeof image === 'string' && image !== filledInLater ? [image] : [],
        )
      : imagesIn(inner),
  );
}
