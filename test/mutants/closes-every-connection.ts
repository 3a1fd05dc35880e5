import { defineMutant } from '../mutant.ts';

export default defineMutant({
  name: 'closes-every-connection',
  complaint: 'The connection was closed, says the browser, on every page.',
  killedBy: { 'path/prefix-is-element-wise': /no answer: (closed-early|reset)/ },
  fault: () => ({ guard: () => (request) => request.socket.destroy() }),
});
