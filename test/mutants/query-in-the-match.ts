import { originForm } from '../../controllers/reference/program/request-target.ts';
import { defineMutant } from '../mutant.ts';

export default defineMutant({
  name: 'query-in-the-match',
  complaint: 'The page is there until somebody adds ?utm_source to its address.',
  killedBy: {
    'path/query-is-not-matched': /expected status 200 from hit; got status (404|200) from (none of our back-ends|miss)/,
  },
  fault: ({ targetOf }) => ({
    targetOf: (request) => ({ ...targetOf(request), path: originForm(request.url ?? '/') }),
  }),
});
