import { defineMutant } from '../mutant.ts';

export default defineMutant({
  name: 'status-never-written',
  complaint: 'The column ADDRESS stays empty, and no DNS record is ever made.',
  killedBy: { 'class/status-names-an-address': /an address in status\.loadBalancer\.ingress; got none/ },
  fault: () => ({ statusFor: () => [] }),
});
