import { defineCheck } from '../../src/kit/check.ts';
import { frontService } from '../../src/kit/front-service.ts';
import { serviceDocs } from '../../src/kit/requirement.ts';

export default defineCheck({
  id: 'tutorial/any-node-answers',
  title: 'the NodePort of any node serves, wherever the controller’s pod runs',
  level: 'convention',
  requirement: serviceDocs(
    'concepts/services-networking/service/#type-nodeport',
    'Each node proxies that port (the same port number on every Node) into your Service.',
  ),
  features: ['installed'],
  capabilities: ['multiNode'],
  after: 'ingress',
  async run(kit) {
    await kit.converge(
      kit.cluster.nodes.map((_, node) => ({
        via: { nodePort: frontService.http, node },
        host: 'website9090.com',
        servedBy: 'deploy-test-2',
      })),
    );
  },
});
