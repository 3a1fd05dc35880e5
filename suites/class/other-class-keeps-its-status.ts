import { defineCheck } from '../../src/kit/check.ts';
import { CheckFailed } from '../../src/kit/failure.ts';
import { ingress, prefix } from '../../src/kit/ingress.ts';
import { foreignClass } from '../../src/kit/ingress-class.ts';
import { addressesOf, addressesWithin, statusWithinMs } from '../../src/kit/ingress-status.ts';
import { ingressApi } from '../../src/kit/requirement.ts';

/** What the other class's controller has written: an address set aside for documentation (RFC 5737). */
const written = [{ ip: '203.0.113.80' }];

export default defineCheck({
  id: 'class/other-class-keeps-its-status',
  title: 'the status of an Ingress of another class is left alone, be it written or empty',
  level: 'convention',
  requirement: ingressApi(
    'Ingress controller implementations use this field to know whether they should be serving this Ingress resource, by a transitive connection (controller -> IngressClass -> Ingress resource).',
  ),
  apart: true,
  given(ground) {
    const foreign = foreignClass(ground);
    const options = { ingressClass: foreign.metadata.name };
    return [
      foreign,
      ingress(ground, [prefix('/', 'hit')], { ...options, name: 'written' }),
      ingress(ground, [prefix('/', 'hit')], { ...options, name: 'empty' }),
    ];
  },
  async run(kit) {
    const { ground } = kit;
    const nameOf = (name: string) => `${ground.name}-${name}`;
    await kit.kube.patch([
      {
        object: {
          apiVersion: 'networking.k8s.io/v1',
          kind: 'Ingress',
          name: nameOf('written'),
          namespace: kit.namespace,
        },
        subresource: 'status',
        patch: { status: { loadBalancer: { ingress: written } } },
      },
    ]);
    // Whoever writes statuses at all will have passed by these two when it has written that of one that came later.
    const later = { ...ground, host: `later.${ground.host}` };
    await kit.kube.apply([ingress(later, [prefix('/', 'hit')], { name: 'later' })]);
    const own = await addressesWithin(kit, nameOf('later'), statusWithinMs(kit, await kit.caughtUp()));
    kit.record('status of an own Ingress', own);

    for (const [name, expected] of [
      ['written', written],
      ['empty', []],
    ] as const) {
      const actual = await addressesOf(kit, nameOf(name));
      if (JSON.stringify(actual) === JSON.stringify(expected)) continue;
      throw new CheckFailed({
        expected: `the status of ${nameOf(name)}, of another class, to hold ${JSON.stringify(expected)}`,
        actual: JSON.stringify(actual),
      });
    }
  },
});
