import { defineMutant } from '../mutant.ts';

export default defineMutant({
  name: 'host-ignored',
  complaint: 'Both of our web sites show the same pages.',
  killedBy: {
    'tutorial/host-reaches-its-service': /from deploy-test-1/,
    'tutorial/node-port-serves-every-rule': /from deploy-test-1/,
    'tutorial/external-ips': /from deploy-test-1/,
  },
  fault: () => ({ matchesHost: () => true }),
});
