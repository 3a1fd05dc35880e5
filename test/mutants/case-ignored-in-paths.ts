import { defineMutant } from '../mutant.ts';

export default defineMutant({
  name: 'case-ignored-in-paths',
  complaint: 'Our file server tells Readme from README; the controller does not.',
  killedBy: {
    'path/exact-is-case-sensitive': /from (hit|other|none of our back-ends); got status 200 from (hit|other)/,
    'path/prefix-is-case-sensitive': /expected status 200 from miss; got status 200 from hit/,
  },
  fault: ({ matchesPath }) => ({
    matchesPath: ({ path = '/', pathType }, given) =>
      matchesPath({ path: path.toLowerCase(), pathType }, given.toLowerCase()),
  }),
});
