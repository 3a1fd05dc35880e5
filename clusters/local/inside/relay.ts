import { connect, type Server } from 'node:net';
import { pipeline } from 'node:stream';

/**
 * Carries every connection of `listener` to `host:port` and back. A socket stays in the network namespace it was made in,
 * so a listener from outside gives the outside a door into ours.
 */
export function relay(listener: Server, host: string, port: number): void {
  listener.on('connection', (client) => {
    const server = connect({ host, port, noDelay: true });
    client.setNoDelay(true);
    // Either side going away ends the other; whoever cares sees it on its own connection.
    pipeline(client, server, client, () => {});
  });
}
