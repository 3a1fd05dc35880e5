import { defineMutant } from '../mutant.ts';

export default defineMutant({
  name: 'second-host-is-ignored',
  complaint: 'The firewall judged a request by one Host, the controller served it by the other.',
  killedBy: {
    'host/two-hosts-are-refused': /expected status 400; got status 200 from hit/,
  },
  fault: (honest) => ({
    isHostGiven: (request) => request.headers.host !== undefined || honest.isHostGiven(request),
  }),
});
