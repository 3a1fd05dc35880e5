import { valuesOf } from '../../controllers/reference/program/headers.ts';
import { defineMutant } from '../mutant.ts';

export default defineMutant({
  name: 'client-address-believed',
  complaint: 'Whoever sends an X-Forwarded-For gets past our address filter.',
  killedBy: {
    'tutorial/local-policy-shows-client': /the controller to see the client’s own address/,
    'tutorial/node-hides-client': /the controller saw 203\.0\.113\.66/,
  },
  fault: (honest) => ({
    forwardedFor: (headers, peer) =>
      valuesOf(headers, 'x-forwarded-for').length > 0 ? headers : honest.forwardedFor(headers, peer),
  }),
});
