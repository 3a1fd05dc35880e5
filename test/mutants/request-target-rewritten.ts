import { defineMutant } from '../mutant.ts';

export default defineMutant({
  name: 'request-target-rewritten',
  complaint: 'Behind a rule with a path our application gets to see only “/”.',
  killedBy: {
    'path/path-reaches-the-back-end': /; got .* which was asked for \/ \(/,
    'path/query-reaches-the-back-end': /; got .* which was asked for \/ \(/,
    'tutorial/status-page-by-path': /the status page/,
  },
  fault: () => ({ forwardedTarget: () => '/' }),
});
