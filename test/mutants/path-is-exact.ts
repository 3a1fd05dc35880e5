import { defineMutant } from '../mutant.ts';

export default defineMutant({
  name: 'path-is-exact',
  complaint: 'The start page works, every page below it is not found.',
  killedBy: { 'tutorial/path-reaches-its-service': /status 404 from default-http-backend/ },
  fault: () => ({ matchesPath: ({ path = '/' }, given) => given === path }),
});
