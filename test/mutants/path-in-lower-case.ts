import { defineMutant } from '../mutant.ts';

export default defineMutant({
  name: 'path-in-lower-case',
  complaint: 'Our application cannot find its files any more: it is asked for all of them in lower case.',
  killedBy: {
    'path/path-reaches-the-back-end': /which was asked for \/foo\/Bar\/; got .* which was asked for \/foo\/bar\/ /,
  },
  fault: ({ forwardedTarget }) => ({ forwardedTarget: (target) => forwardedTarget(target).toLowerCase() }),
});
