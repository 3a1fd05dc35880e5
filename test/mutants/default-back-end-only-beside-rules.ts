import { defineMutant } from '../mutant.ts';

export default defineMutant({
  name: 'default-back-end-only-beside-rules',
  complaint: 'An Ingress that names one Service and nothing else, as in the documentation, answers 404.',
  killedBy: {
    'default-back-end/alone-serves-everything': /200 from other; got status 404 from none/,
    'default-back-end/takes-unknown-path': /200 from other; got status 404 from none/,
  },
  fault: (honest) => ({
    fallback: ({ routes, fallbacks }, host) =>
      honest.fallback({ routes, fallbacks: fallbacks.filter(({ hosts }) => hosts.length > 0) }, host),
  }),
});
