import { defineCheck } from '../../src/kit/check.ts';
import { ingress, prefix, service } from '../../src/kit/ingress.ts';
import { ingressDocs } from '../../src/kit/requirement.ts';
import { withObjects } from '../../src/kit/with-objects.ts';

export default defineCheck({
  id: 'default-back-end/takes-unknown-path',
  title: 'what none of a host’s paths takes goes to the defaultBackend of another Ingress',
  level: 'spec',
  requirement: ingressDocs(
    'default-backend',
    'If none of the hosts or paths match the HTTP request in the Ingress objects, the traffic is routed to your default backend.',
  ),
  given: (ground) => [ingress(ground, [prefix('/known', 'hit')])],
  exclusive: 'the default back-end',
  async run(kit) {
    const fallback = ingress(kit.ground, [], { name: 'fallback', defaultBackend: service('other') });
    await withObjects(kit, [fallback], () =>
      kit.converge([
        { path: '/known', servedBy: 'hit' },
        { path: '/unknown', servedBy: 'other' },
        { path: '/', servedBy: 'other' },
        { host: `unknown.${kit.ground.host}`, path: '/known', servedBy: 'other' },
      ]),
    );
  },
});
