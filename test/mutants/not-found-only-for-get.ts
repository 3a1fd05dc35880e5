import { answer } from '../../controllers/reference/program/answer.ts';
import { defineMutant } from '../mutant.ts';

export default defineMutant({
  name: 'not-found-only-for-get',
  complaint: 'Our API clients POST to a path that is gone and hear that the method is wrong.',
  killedBy: {
    'default-back-end/none-answers-404': /expected status 404 from none of our back-ends; got status 405/,
  },
  fault: (honest) => ({
    nowhere: (response) =>
      response.req.method === 'GET'
        ? honest.nowhere(response)
        : answer(response, 405, 'there is nothing to do that to'),
  }),
});
