import { defineCheck } from '../../src/kit/check.ts';
import { tutorial } from '../../src/kit/requirement.ts';
import { expectStatusPage } from '../../src/kit/status-page.ts';

export default defineCheck({
  id: 'tutorial/status-page-by-path',
  title: 'website.com/nginx_status reaches the controller’s status Service, from inside and from outside',
  level: 'convention',
  requirement: tutorial(
    'Is looking for http traffic matching a path of /nginx_status. If it receives traffic matching this path it will load balance it to the pods that match the selector for the service nginx-ingress',
  ),
  features: ['statusPage'],
  after: 'ingress',
  async run(kit) {
    for (const road of ['controller', 'nodePort'] as const) {
      const { place, address, port } = await kit.resolve(road);
      await expectStatusPage(kit, place, { address, port, host: 'website.com' });
    }
  },
});
