import { isIP } from 'node:net';
import { defineCheck } from '../../src/kit/check.ts';
import { tutorial } from '../../src/kit/requirement.ts';
import { seenClient } from '../../src/kit/seen-client.ts';

export default defineCheck({
  id: 'tutorial/node-hides-client',
  title: 'the host hides the client behind an address of its own (externalTrafficPolicy: Cluster)',
  level: 'convention',
  requirement: tutorial(
    'the host hides the traffic behind it’s own source IP address to ensure the traffic returns successfully',
  ),
  features: ['forwardedFor'],
  capabilities: ['clientAddress'],
  after: 'ingress',
  async run(kit) {
    const seen = await seenClient(
      kit,
      'website9090.com',
      'the controller to see an address other than the client’s',
      ({ client, byController }) => isIP(byController) !== 0 && byController !== client, // `unknown` hides nobody
    );
    kit.record('addresses seen', seen);
  },
});
