import { defineMutant } from '../mutant.ts';

export default defineMutant({
  name: 'client-address-dropped',
  complaint: 'Our application cannot tell where a request came from.',
  killedBy: {
    'tutorial/local-policy-shows-client': /the controller saw no address/,
    'tutorial/node-hides-client': /the controller saw no address/,
  },
  fault: () => ({ forwardedFor: (headers) => headers.filter(([name]) => name.toLowerCase() !== 'x-forwarded-for') }),
});
