import { defineMutant } from '../mutant.ts';

export default defineMutant({
  name: 'prefix-anywhere',
  complaint: 'A link that has our rule’s path somewhere in the middle ends up with us.',
  killedBy: {
    'path/prefix-takes-all-below': /anyone but hit; got status 200 from hit/,
  },
  fault: ({ matchesPath }) => ({
    matchesPath: (rule, given) =>
      matchesPath(rule, given) || (rule.pathType === 'Prefix' && `${given}/`.includes(`${rule.path}/`)),
  }),
});
