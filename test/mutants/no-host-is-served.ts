import { defineMutant } from '../mutant.ts';

export default defineMutant({
  name: 'no-host-is-served',
  complaint: 'A scanner that names no host at all gets to see one of our sites.',
  killedBy: {
    'host/no-host-is-refused': /expected status 400; got status 200 from hit/,
  },
  fault: (honest) => ({
    isHostGiven: (request) => request.headers.host === undefined || honest.isHostGiven(request),
  }),
});
