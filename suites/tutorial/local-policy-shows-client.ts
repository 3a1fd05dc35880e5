import { defineCheck } from '../../src/kit/check.ts';
import { frontService } from '../../src/kit/front-service.ts';
import { serviceDocs } from '../../src/kit/requirement.ts';
import { seenClient } from '../../src/kit/seen-client.ts';

export default defineCheck({
  id: 'tutorial/local-policy-shows-client',
  title: 'with externalTrafficPolicy: Local the controller sees the client’s own address',
  level: 'convention',
  requirement: serviceDocs(
    'tutorials/services/source-ip/#source-ip-for-services-with-type-nodeport',
    'If you set service.spec.externalTrafficPolicy to the value Local, kube-proxy only proxies requests to local endpoints, and does not forward traffic to other nodes. This approach preserves the original source IP address.',
  ),
  features: ['forwardedFor'],
  capabilities: ['clientAddress'],
  after: 'default-back-end',
  exclusive: true,
  async run(kit) {
    const object = { apiVersion: 'v1', kind: 'Service', name: frontService.name, namespace: kit.controller.namespace };
    await kit.change([{ object, patch: { spec: { externalTrafficPolicy: 'Local' } } }]);
    try {
      const seen = await seenClient(
        kit,
        'website9090.com',
        'the controller to see the client’s own address',
        ({ client, byController }) => byController === client,
      );
      kit.record('addresses seen', seen);
    } finally {
      await kit.change([{ object, patch: { spec: { externalTrafficPolicy: 'Cluster' } } }]);
      await kit.converge({ via: 'nodePort', host: 'website9090.com', servedBy: 'deploy-test-2' });
    }
  },
});
