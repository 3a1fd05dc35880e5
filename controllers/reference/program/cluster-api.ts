import { readFileSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { request } from 'node:https';
import { join } from 'node:path';

/** Where a pod finds the credentials of its ServiceAccount. */
const account = '/var/run/secrets/kubernetes.io/serviceaccount';
/** An API server that says nothing for so long is not believed to be there. */
const silenceMs = 30_000;

/** GET of the cluster's API with the pod's own ServiceAccount; resolves with the answer's beginning, a status of 200. */
export function getFromApi(path: string): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const outgoing = request({
      host: process.env.KUBERNETES_SERVICE_HOST,
      port: process.env.KUBERNETES_SERVICE_PORT,
      path,
      ca: readFileSync(join(account, 'ca.crt')),
      // Read each time: the kubelet renews it.
      headers: { Authorization: `Bearer ${readFileSync(join(account, 'token'), 'utf8')}`, Accept: 'application/json' },
      agent: false,
      timeout: silenceMs,
    });
    outgoing.on('timeout', () => outgoing.destroy(new Error(`silence of ${silenceMs} ms at ${path}`)));
    outgoing.on('error', reject);
    outgoing.on('response', (incoming) => {
      if (incoming.statusCode === 200) return resolve(incoming);
      incoming.destroy();
      reject(new Error(`status ${incoming.statusCode} at ${path}`));
    });
    outgoing.end();
  });
}
