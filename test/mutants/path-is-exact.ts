import { defineMutant } from '../mutant.ts';

export default defineMutant({
  name: 'path-is-exact',
  complaint: 'The start page works, every page below it is not found.',
  killedBy: {
    'path/prefix-takes-all-below': /expected status 200 from hit; got status 404/,
    'path/prefix-root-takes-everything': /expected status 200 from hit; got status 404/,
    'tutorial/path-reaches-its-service': /status 404 from none of our back-ends/,
  },
  fault: () => ({ matchesPath: ({ path = '/' }, given) => given === path }),
});
