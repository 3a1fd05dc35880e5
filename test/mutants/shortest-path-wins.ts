import { defineMutant } from '../mutant.ts';

export default defineMutant({
  name: 'shortest-path-wins',
  complaint: 'The rule for / takes all there is, and those for our applications are never used.',
  killedBy: {
    'path/longest-path-wins': /expected status 200 from (hit|other); got status 200 from (miss|other)/,
  },
  fault: ({ prefer }) => ({ prefer: (a, b) => prefer(b, a) }),
});
