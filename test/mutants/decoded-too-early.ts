import { defineMutant } from '../mutant.ts';

export default defineMutant({
  name: 'decoded-too-early',
  complaint: 'A page whose name has a question mark in it brings up another page.',
  killedBy: {
    'path/query-is-not-matched': /anyone but hit; got status 200 from hit/,
  },
  fault: ({ targetOf }) => ({
    targetOf: ({ url = '/', headers }) => targetOf({ url: url.replaceAll('%3F', '?'), headers }),
  }),
});
