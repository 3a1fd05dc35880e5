import { defineCheck, type Observation } from '../../src/kit/check.ts';
import { ingress, prefix } from '../../src/kit/ingress.ts';
import { foreignClass } from '../../src/kit/ingress-class.ts';
import { addressesOf, addressesWithin, clearedWithin, statusWithinMs } from '../../src/kit/ingress-status.ts';
import { ingressApi } from '../../src/kit/requirement.ts';

export default defineCheck({
  id: 'class/status-when-leaving-the-class',
  title: 'what becomes of the address in an Ingress’s status when it is given another class',
  level: 'observation',
  requirement: ingressApi('loadBalancer contains the current status of the load-balancer.'),
  values: ['cleared', 'kept', 'never written'],
  apart: true,
  given: (ground) => [foreignClass(ground), ingress(ground, [prefix('/', 'hit')])],
  async run(kit): Promise<Observation> {
    const { kube, ground } = kit;
    const { name } = ground;
    await kit.converge({ servedBy: 'hit' });
    const within = async () => statusWithinMs(kit, await kit.caughtUp());
    if ((await addressesWithin(kit, name, await within())).length === 0) return { value: 'never written' };
    await kube.apply([ingress(ground, [prefix('/', 'hit')], { ingressClass: foreignClass(ground).metadata.name })]);
    const cleared = await clearedWithin(kit, name, await within());
    kit.record('status afterwards', await addressesOf(kit, name));
    return { value: cleared ? 'cleared' : 'kept' };
  },
});
