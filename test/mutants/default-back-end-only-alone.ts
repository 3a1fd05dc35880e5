import { defineMutant } from '../mutant.ts';

export default defineMutant({
  name: 'default-back-end-only-alone',
  complaint: 'The Ingress has a defaultBackend below its rules, and what they do not take gets 404.',
  killedBy: {
    'default-back-end/beside-rules-takes-the-rest': /200 from miss; got status 404 from none/,
  },
  fault: (honest) => ({
    fallback: ({ routes, fallbacks }, host) =>
      honest.fallback({ routes, fallbacks: fallbacks.filter(({ hosts }) => hosts.length === 0) }, host),
  }),
});
