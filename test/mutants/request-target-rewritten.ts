import { defineMutant } from '../mutant.ts';

export default defineMutant({
  name: 'request-target-rewritten',
  complaint: 'Behind a rule with a path our application gets to see only “/”.',
  killedBy: { 'tutorial/status-page-by-path': /the status page/ },
  fault: () => ({ forwardedTarget: () => '/' }),
});
