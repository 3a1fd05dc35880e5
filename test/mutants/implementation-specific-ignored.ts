import { defineMutant } from '../mutant.ts';

export default defineMutant({
  name: 'implementation-specific-ignored',
  complaint: 'The chart’s rules have the type ImplementationSpecific, and not one of them is served.',
  killedBy: {
    'path/implementation-specific-is-served': /expected status 200 from hit; got status 404/,
  },
  fault: ({ matchesPath }) => ({
    matchesPath: (rule, given) => rule.pathType !== 'ImplementationSpecific' && matchesPath(rule, given),
  }),
});
