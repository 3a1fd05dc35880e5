import { defineMutant } from '../mutant.ts';

export default defineMutant({
  name: 'default-back-end-ignored',
  complaint: 'We wrote a friendly page for lost visitors, and nobody ever gets to see it.',
  killedBy: {
    'tutorial/unmatched-reaches-default-back-end': /status 404 from none of our back-ends/,
    'default-back-end/alone-serves-everything': /200 from other; got status 404 from none/,
    'default-back-end/takes-unknown-path': /200 from other; got status 404 from none/,
    'default-back-end/beside-rules-takes-the-rest': /200 from miss; got status 404 from none/,
  },
  fault: () => ({ fallback: () => undefined }),
});
