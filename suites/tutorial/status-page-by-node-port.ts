import { defineCheck } from '../../src/kit/check.ts';
import { frontService } from '../../src/kit/front-service.ts';
import { tutorial } from '../../src/kit/requirement.ts';
import { expectStatusPage } from '../../src/kit/status-page.ts';

export default defineCheck({
  id: 'tutorial/status-page-by-node-port',
  title: 'from outside, NodePort 32767 shows the controller’s status page',
  level: 'convention',
  requirement: tutorial('The second port is 18080 and we’re asking it to provide that on nodePort 32767.'),
  features: ['statusPage'],
  after: 'ingress',
  async run(kit) {
    const { place, address, port } = await kit.resolve({ nodePort: frontService.status });
    await expectStatusPage(kit, place, { address, port, host: `${address}:${port}` });
  },
});
