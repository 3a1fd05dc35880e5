import { defineMutant } from '../mutant.ts';

export default defineMutant({
  name: 'implementation-specific-takes-all',
  complaint: 'One rule of the type ImplementationSpecific, and all our pages come from its back-end.',
  killedBy: {
    'path/implementation-specific-is-served': /anyone but hit; got status 200 from hit/,
  },
  fault: ({ matchesPath }) => ({
    matchesPath: (rule, given) => rule.pathType === 'ImplementationSpecific' || matchesPath(rule, given),
  }),
});
