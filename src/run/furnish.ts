import { join } from 'node:path';
import type { Area, StepContext } from '../kit/check.ts';
import { echoProgram } from '../kit/echo.ts';
import type { Kube } from '../kube/kube.ts';
import { readManifest } from '../kube/manifest.ts';
import type { ControllerSettings } from '../model/controller.ts';
import { packageRoot } from '../paths.ts';
import { groundOf } from './grounds.ts';
import { applyOwned, readyIn } from './install.ts';
import { ownedNamespace } from './owned.ts';

const fixture = (file: string) => readManifest(join(packageRoot, 'fixtures', file));

/** What needs no controller, by namespace: the vantage inside the cluster, and the back-ends of these areas without a story. */
const furniture = async (areas: readonly Area[], settings: ControllerSettings) => {
  const [netTest, cast] = await Promise.all([fixture('tutorial/net-test.yaml'), fixture('backends/cast.yaml')]);
  const rooms = areas.map((area) => ({ namespace: groundOf(area, '', settings).namespace, objects: cast }));
  return { rooms, all: [{ namespace: settings.namespace, objects: netTest }, ...rooms] };
};

/** Applies it all, and how these stories begin, so that it starts while the controller does. */
export async function furnish(
  kube: Kube,
  areas: readonly Area[],
  stories: readonly Area[],
  context: StepContext,
): Promise<void> {
  const { settings } = context;
  const { rooms, all } = await furniture(areas, settings);
  const beginnings = await Promise.all(stories.map(({ story: [first] = [] }) => first?.manifests(context) ?? []));
  const program = await echoProgram();
  await Promise.all(
    rooms.map(async ({ namespace }) =>
      kube.apply([ownedNamespace(namespace), ...(await kube.inNamespace([program], namespace))]),
    ),
  );
  const begun = beginnings.map((objects) => ({ namespace: settings.namespace, objects }));
  await Promise.all([...all, ...begun].map(({ namespace, objects }) => applyOwned(kube, namespace, objects)));
}

/** Waits until it is all ready. */
export async function furnished(kube: Kube, areas: readonly Area[], settings: ControllerSettings): Promise<void> {
  const { all } = await furniture(areas, settings);
  await Promise.all(all.map(({ namespace, objects }) => readyIn(kube, namespace, objects)));
}
