import { defineMutant } from '../mutant.ts';

export default defineMutant({
  name: 'default-back-end-ignored',
  complaint: 'We wrote a friendly page for lost visitors, and nobody ever gets to see it.',
  killedBy: {
    'tutorial/unmatched-reaches-default-back-end': /status 404 from none of our back-ends/,
    'tutorial/status-page-is-not-exposed': /status 404 from none of our back-ends/,
  },
  fault: () => ({ fallback: () => undefined }),
});
