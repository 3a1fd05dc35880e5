import { defineCheck } from '../../src/kit/check.ts';
import { ingress, prefix } from '../../src/kit/ingress.ts';
import { foreignClass } from '../../src/kit/ingress-class.ts';
import { usage } from '../../src/kit/requirement.ts';

export default defineCheck({
  id: 'class/leaving-the-class-withdraws',
  title: 'an Ingress that is given another class is no longer served',
  level: 'convention',
  requirement: usage('settings/ingress_class.go', 'should delete Ingress when class is removed'),
  given: (ground) => [foreignClass(ground), ingress(ground, [prefix('/', 'hit')])],
  async run(kit) {
    const { kube, ground } = kit;
    await kit.converge({ servedBy: 'hit' });
    await kube.apply([ingress(ground, [prefix('/', 'hit')], { ingressClass: foreignClass(ground).metadata.name })]);
    await kit.caughtUp();
    await kit.converge({ servedBy: 'nobody' });
  },
});
