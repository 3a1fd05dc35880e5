import { defineMutant } from '../mutant.ts';

export default defineMutant({
  name: 'status-names-another-address',
  complaint: 'DNS has been given an address at which nobody answers.',
  killedBy: { 'class/status-names-an-address': /no answer: (unreachable|timeout|refused)/ },
  fault: () => ({ statusFor: (_, isServed) => (isServed ? [{ ip: '203.0.113.7' }] : []) }),
});
