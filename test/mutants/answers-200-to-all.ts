import { defineMutant } from '../mutant.ts';

export default defineMutant({
  name: 'answers-200-to-all',
  complaint: 'All our monitors are green, and not one of our sites is there.',
  killedBy: { 'path/prefix-is-element-wise': /status 200 from none of our back-ends/ },
  fault: () => ({ guard: () => (_request, response) => response.end('ok\n') }),
});
