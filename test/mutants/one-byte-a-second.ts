import { defineMutant } from '../mutant.ts';

export default defineMutant({
  name: 'one-byte-a-second',
  complaint: 'Our pages come letter by letter, like on an old typewriter.',
  killedBy: { 'path/prefix-is-element-wise': /no answer: timeout/ },
  fault: () => ({
    guard: () => (_request, response) => {
      const timer = setInterval(() => response.write('x'), 1000);
      response.on('close', () => clearInterval(timer));
    },
  }),
});
