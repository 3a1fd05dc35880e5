import { defineMutant } from '../mutant.ts';

export default defineMutant({
  name: 'endless-headers',
  complaint: 'Before any page there come headers, and more headers.',
  killedBy: { 'path/prefix-is-element-wise': /no answer: (endless|timeout)/ },
  fault: () => ({
    guard:
      () =>
      ({ socket }) => {
        const lines = 'X-More: and more\r\n'.repeat(1000);
        const more = () => {
          while (!socket.destroyed && socket.write(lines));
        };
        socket.write('HTTP/1.1 200 OK\r\n');
        socket.on('drain', more);
        more();
      },
  }),
});
