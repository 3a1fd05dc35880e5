import type { ServerResponse } from 'node:http';
import type { Configuration } from './configuration.ts';

/** The status page: what pools there are, and who is in them. */
export function statusPage(response: ServerResponse, { pools }: Configuration): void {
  const body = JSON.stringify({
    controller: 'ingress-assay-reference',
    pools: [...pools.values()].map(({ backend: { namespace, service }, members }) => ({
      namespace,
      service: service?.name,
      port: service?.port.name ?? service?.port.number,
      members: members.map(({ address, port }) => `${address.includes(':') ? `[${address}]` : address}:${port}`),
    })),
  });
  response.writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(body) });
  response.end(body);
}
