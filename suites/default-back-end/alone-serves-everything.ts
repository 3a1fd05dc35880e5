import { defineCheck } from '../../src/kit/check.ts';
import { ingress, service } from '../../src/kit/ingress.ts';
import { ingressDocs } from '../../src/kit/requirement.ts';
import { withObjects } from '../../src/kit/with-objects.ts';

export default defineCheck({
  id: 'default-back-end/alone-serves-everything',
  title: 'an Ingress with only a defaultBackend serves every host, path and method that no rule takes',
  level: 'spec',
  requirement: ingressDocs(
    'default-backend',
    'An Ingress with no rules sends all traffic to a single default backend.',
  ),
  exclusive: 'the default back-end',
  async run(kit) {
    const { host } = kit.ground;
    const alone = ingress(kit.ground, [], { defaultBackend: service('other') });
    await withObjects(kit, [alone], () =>
      kit.converge([
        { servedBy: 'other' },
        { host: `unknown.${host}`, path: '/any/path?of=it', servedBy: 'other', receivedTarget: '/any/path?of=it' },
        { host: '192.0.2.1', servedBy: 'other' },
        { method: 'HEAD', servedBy: 'other' },
        { method: 'POST', servedBy: 'other' },
        { method: 'DELETE', servedBy: 'other' },
      ]),
    );
  },
});
