import { defineMutant } from '../mutant.ts';

export default defineMutant({
  name: 'wildcard-matches-none',
  complaint: 'Visitors of foo.com see what we had put under *.foo.com only.',
  killedBy: {
    'host/wildcard-needs-a-label': /anyone but hit; got status 200 from hit/,
  },
  fault: (honest) => ({
    matchesHost: (rule, host) => honest.matchesHost(rule, host) || rule === `*.${host}`,
  }),
});
