import { answer } from '../../controllers/reference/program/answer.ts';
import { defineMutant } from '../mutant.ts';

export default defineMutant({
  name: 'not-found-without-endpoints',
  complaint: 'During an outage of an hour, search engines were told that our pages do not exist, and forgot them.',
  killedBy: {
    'backends/missing-service-is-5xx': /status 5xx .*; got status 404/,
    'backends/no-endpoints-is-5xx': /status 5xx .*; got status 404/,
  },
  fault: () => ({ unavailable: (response) => answer(response, 404, 'there is nothing') }),
});
