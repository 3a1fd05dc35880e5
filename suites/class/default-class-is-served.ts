import { defineCheck } from '../../src/kit/check.ts';
import { CheckUnsupported } from '../../src/kit/failure.ts';
import { ingress, prefix } from '../../src/kit/ingress.ts';
import type { Kit } from '../../src/kit/kit.ts';
import { ingressClassApi } from '../../src/kit/requirement.ts';
import { environmentError } from '../../src/model/errors.ts';
import type { KubernetesObject } from '../../src/model/kubernetes.ts';

const ingressClass = { apiVersion: 'networking.k8s.io/v1', kind: 'IngressClass' };
const isDefault = 'ingressclass.kubernetes.io/is-default-class';

/** Makes the controller's class the default one, or no longer. */
const makeDefault = ({ kube, controller }: Kit, value: 'true' | null): Promise<void> =>
  kube.patch([
    {
      object: { ...ingressClass, name: controller.ingressClass },
      patch: { metadata: { annotations: { [isDefault]: value } } },
    },
  ]);

/** With two default classes, it is another's that the API gives. */
async function assertNoDefault({ kube }: Kit): Promise<void> {
  const classes = await kube.list(ingressClass);
  const other = classes.find(({ metadata }) => metadata.annotations?.[isDefault] === 'true')?.metadata.name;
  if (other === undefined) return;
  throw new CheckUnsupported(`the cluster has a default IngressClass already: ${other}`);
}

/** Applies an Ingress without class until the API, which has to hear of the default class first, has given it one. */
async function applyWithout({ kube }: Kit, object: KubernetesObject): Promise<string> {
  const { apiVersion, kind, metadata } = object;
  const ref = { apiVersion, kind, name: metadata.name, namespace: metadata.namespace ?? '' };
  for (let tries = 0; tries < 100; tries += 1) {
    await kube.apply([object]);
    const name = (await kube.get(ref))?.spec.ingressClassName;
    if (name !== undefined) return name;
    await kube.remove([ref], { wait: true });
  }
  throw environmentError('no-default-class', 'the API gives an Ingress without class no default IngressClass', {
    next: 'switch on the admission plugin DefaultIngressClass',
  });
}

export default defineCheck({
  id: 'class/default-class-is-served',
  title: 'with this controller’s class as the default one, an Ingress that names no class is served',
  features: ['installed'],
  capabilities: ['ownCluster'],
  level: 'spec',
  requirement: ingressClassApi(
    'When a single IngressClass resource has this annotation set to true, new Ingress resources without a class specified will be assigned this default class.',
  ),
  exclusive: 'the default class',
  async run(kit) {
    await assertNoDefault(kit);
    const route = ingress(kit.ground, [prefix('/', 'hit')], { ingressClass: null });
    try {
      await makeDefault(kit, 'true');
      kit.record('class given', await applyWithout(kit, route));
      await kit.caughtUp();
      await kit.converge({ servedBy: 'hit' });
    } finally {
      const { apiVersion, kind, metadata } = route;
      await kit.kube.remove([{ apiVersion, kind, name: metadata.name, namespace: kit.namespace }]);
      await makeDefault(kit, null);
    }
  },
});
