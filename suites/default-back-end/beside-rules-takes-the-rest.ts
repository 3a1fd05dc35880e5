import { defineCheck } from '../../src/kit/check.ts';
import { ingress, prefix, service } from '../../src/kit/ingress.ts';
import { ingressApi } from '../../src/kit/requirement.ts';
import { withObjects } from '../../src/kit/with-objects.ts';

export default defineCheck({
  id: 'default-back-end/beside-rules-takes-the-rest',
  title: 'a defaultBackend beside rules takes what they do not: an unknown path, an unknown host',
  level: 'spec',
  requirement: ingressApi('defaultBackend is the backend that should handle requests that don’t match any rule.'),
  exclusive: 'the default back-end',
  async run(kit) {
    const both = ingress(kit.ground, [prefix('/known', 'hit')], { defaultBackend: service('miss') });
    await withObjects(kit, [both], async () => {
      await kit.converge({ path: '/known', servedBy: 'hit' });
      // The rule and the default back-end are one object's: the controller has read both.
      await kit.converge(
        [
          { path: '/unknown', servedBy: 'miss' },
          { host: `unknown.${kit.ground.host}`, servedBy: 'miss' },
        ],
        { inForce: true },
      );
    });
  },
});
