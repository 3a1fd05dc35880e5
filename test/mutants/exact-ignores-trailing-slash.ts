import { defineMutant } from '../mutant.ts';

export default defineMutant({
  name: 'exact-ignores-trailing-slash',
  complaint: 'Only /login is to go to the login service; now it gets /login/ too, and does not know it.',
  killedBy: {
    'path/exact-heeds-trailing-slash': /anyone but hit; got status 200 from hit/,
  },
  fault: ({ matchesPath }) => {
    const bare = (path = '/') => path.replace(/(?<=.)\/$/, '');
    return {
      matchesPath: ({ path, pathType }, given) =>
        pathType === 'Exact' ? bare(path) === bare(given) : matchesPath({ path: path ?? '/', pathType }, given),
    };
  },
});
