import { defineMutant } from '../mutant.ts';

export default defineMutant({
  name: 'ok-with-the-body-of-404',
  complaint: 'Search engines list our error page: it says 404 but comes with 200.',
  killedBy: { 'tutorial/unmatched-reaches-default-back-end': /status 200 from default-http-backend/ },
  fault: () => ({ forwardedStatus: (status) => (status === 404 ? 200 : status) }),
});
