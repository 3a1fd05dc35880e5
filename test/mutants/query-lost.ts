import { defineMutant } from '../mutant.ts';

export default defineMutant({
  name: 'query-lost',
  complaint: 'Whatever people search for, our application is asked for nothing.',
  killedBy: {
    'path/query-reaches-the-back-end': /which was asked for \/.*\?.*; got .* which was asked for (\/|\/foo\/?) \(/,
  },
  fault: ({ forwardedTarget }) => ({ forwardedTarget: (target) => forwardedTarget(target.replace(/\?.*$/s, '')) }),
});
