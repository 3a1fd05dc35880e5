import { defineMutant } from '../mutant.ts';

export default defineMutant({
  name: 'wildcard-over-two-labels',
  complaint: 'Our rule for *.shop.example also takes the test systems at *.test.shop.example.',
  killedBy: { 'host/wildcard-is-one-label': /anyone but hit; got status 200 from hit/ },
  fault: (honest) => ({
    matchesHost: (rule, host) =>
      rule?.startsWith('*.') ? host.endsWith(rule.slice(1)) : honest.matchesHost(rule, host),
  }),
});
