import { defineMutant } from '../mutant.ts';

export default defineMutant({
  name: 'endless-body',
  complaint: 'The page never ends, and the browser eats all memory.',
  killedBy: { 'path/prefix-is-element-wise': /no answer: (endless|timeout)/ },
  fault: () => ({
    guard: () => (_request, response) => {
      const chunk = Buffer.alloc(64 * 1024, 'x');
      const more = () => {
        while (!response.destroyed && response.write(chunk));
      };
      response.on('drain', more);
      more();
    },
  }),
});
