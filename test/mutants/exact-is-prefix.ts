import { defineMutant } from '../mutant.ts';

export default defineMutant({
  name: 'exact-is-prefix',
  complaint: 'I let only /health through to the pods; now all that is below it can be reached as well.',
  killedBy: {
    'path/exact-takes-one-path': /anyone but hit; got status 200 from hit/,
    'path/exact-heeds-trailing-slash': /anyone but hit; got status 200 from hit/,
  },
  fault: ({ matchesPath }) => ({
    matchesPath: ({ path = '/' }, given) => matchesPath({ path, pathType: 'Prefix' }, given),
  }),
});
