import { defineMutant } from '../mutant.ts';

export default defineMutant({
  name: 'exact-loses-to-prefix',
  complaint:
    'I gave the front page a back-end of its own with an Exact rule; the Prefix rule beside it still takes it.',
  killedBy: {
    'path/exact-beats-prefix': /expected status 200 from hit; got status 200 from miss/,
    'path/exact-beats-prefix-across-ingresses': /expected status 200 from hit; got status 200 from miss/,
  },
  fault: ({ prefer }) => ({
    prefer: (a, b) => (a.path === b.path ? prefer(b, a) : prefer(a, b)),
  }),
});
