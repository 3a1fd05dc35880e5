import { defineMutant } from '../mutant.ts';

export default defineMutant({
  name: 'affinity-without-effect',
  complaint: 'Session affinity is switched on, and the shopping basket is empty on every second page.',
  killedBy: { 'tutorial/session-affinity': /ten requests of a new client to reach one pod/ },
  fault: () => ({ hasAffinity: () => false }),
});
