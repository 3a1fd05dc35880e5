import { defineMutant } from '../mutant.ts';

export default defineMutant({
  name: 'ok-instead-of-404',
  complaint: 'Our monitoring says that all is well, though not one rule has been applied.',
  killedBy: {
    'tutorial/no-ingress-answers-404': /status 200 from none of our back-ends/,
    'default-back-end/none-answers-404': /expected status 404 from none of our back-ends; got status 200 from none/,
  },
  fault: () => ({
    nowhere: (response) => {
      response.end('welcome\n');
    },
  }),
});
