import { readFileSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { request } from 'node:https';
import { join } from 'node:path';

/** Where a pod finds the credentials of its ServiceAccount. */
const account = '/var/run/secrets/kubernetes.io/serviceaccount';
/** An API server that says nothing for so long is not believed to be there. */
const silenceMs = 30_000;

/** GET of the cluster's API with the pod's own ServiceAccount; resolves with the answer's beginning, a status of 200. */
export const getFromApi = (path: string): Promise<IncomingMessage> => ask('GET', path);

/** Server-side apply at a path: `owner` owns what `object` says, and what it alone owned before and no longer says is taken away. */
export async function applyToApi(path: string, owner: string, object: object): Promise<void> {
  const query = new URLSearchParams({ fieldManager: owner, force: 'true' });
  (await ask('PATCH', `${path}?${query}`, JSON.stringify(object))).resume();
}

function ask(method: 'GET' | 'PATCH', path: string, body?: string): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const outgoing = request({
      method,
      host: process.env.KUBERNETES_SERVICE_HOST,
      port: process.env.KUBERNETES_SERVICE_PORT,
      path,
      ca: readFileSync(join(account, 'ca.crt')),
      headers: {
        // Read each time: the kubelet renews it.
        Authorization: `Bearer ${readFileSync(join(account, 'token'), 'utf8')}`,
        Accept: 'application/json',
        // JSON is YAML too.
        ...(body === undefined ? {} : { 'Content-Type': 'application/apply-patch+yaml' }),
      },
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
    outgoing.end(body);
  });
}
