import { defineMutant } from '../mutant.ts';

export default defineMutant({
  name: 'trailing-slash-lost',
  complaint: 'Our web server redirects /docs to /docs/, and the controller sends it /docs again: a loop without end.',
  killedBy: {
    'path/path-reaches-the-back-end': /which was asked for \/foo\/(Bar\/)?; got .* which was asked for \/foo(\/Bar)? /,
  },
  fault: ({ forwardedTarget }) => ({
    forwardedTarget: (target) => forwardedTarget(target).replace(/(?<=[^/])\/$/, ''),
  }),
});
