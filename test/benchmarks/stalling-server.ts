import { createServer } from 'node:http';

// A server that answers at once, but for one second in which it does nothing at all: from `stallAfterMs` after its first request on.
// Says its port; ends with its standard input.

const stallAfterMs = 3000;
const stallMs = 1000;

let asked = false;
const server = createServer({ keepAliveTimeout: 60_000 }, (_, response) => {
  if (!asked) setTimeout(stall, stallAfterMs);
  asked = true;
  response.end('hit');
});
server.listen(0, '127.0.0.1', 4096, () => {
  const address = server.address();
  if (typeof address === 'object') console.log(address?.port);
});
process.stdin.on('close', () => process.exit()).resume();

function stall(): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, stallMs);
}
