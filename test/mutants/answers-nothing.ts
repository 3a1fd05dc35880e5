import { defineMutant } from '../mutant.ts';

export default defineMutant({
  name: 'answers-nothing',
  complaint: 'The browser says that it is waiting, and goes on saying so.',
  killedBy: { 'path/prefix-is-element-wise': /no answer: timeout/ },
  fault: () => ({ guard: () => () => {} }),
});
