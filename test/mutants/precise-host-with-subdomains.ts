import { defineMutant } from '../mutant.ts';

export default defineMutant({
  name: 'precise-host-with-subdomains',
  complaint: 'We gave foo.com to a site, and it also answers for www.foo.com, which has none yet.',
  killedBy: {
    'host/precise-host-is-equal': /anyone but hit; got status 200 from hit/,
  },
  fault: (honest) => ({
    matchesHost: (rule, host) => honest.matchesHost(rule, host) || host.endsWith(`.${rule}`),
  }),
});
