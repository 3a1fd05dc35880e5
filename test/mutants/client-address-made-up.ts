import { defineMutant } from '../mutant.ts';

export default defineMutant({
  name: 'client-address-made-up',
  complaint: 'Every visitor in our logs has the same address, and it is nobody’s.',
  killedBy: { 'tutorial/local-policy-shows-client': /the controller to see the client’s own address/ },
  fault: (honest) => ({ forwardedFor: (headers) => honest.forwardedFor(headers, '203.0.113.7') }),
});
