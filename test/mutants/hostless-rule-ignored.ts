import { defineMutant } from '../mutant.ts';

export default defineMutant({
  name: 'hostless-rule-ignored',
  complaint: 'A rule without a host is accepted, and never serves anything.',
  killedBy: {
    'host/rule-without-host-takes-any': /200 from hit; got status 404/,
  },
  fault: (honest) => ({
    matchesHost: (rule, host) => rule !== undefined && honest.matchesHost(rule, host),
  }),
});
