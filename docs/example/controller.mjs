#!/usr/bin/env node
// An ingress controller in forty lines: reads Ingresses and Services every half second and forwards by host and path.
import { readFileSync } from 'node:fs';
import { createServer, request } from 'node:http';

const api = `https://${process.env.KUBERNETES_SERVICE_HOST}:${process.env.KUBERNETES_SERVICE_PORT}`;
const account = '/var/run/secrets/kubernetes.io/serviceaccount';
let routes;

async function list(path) {
  const authorization = `Bearer ${readFileSync(`${account}/token`, 'utf8')}`;
  const answer = await fetch(api + path, { headers: { authorization } });
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
  return (await answer.json()).items;
}

async function readRoutes() {
  const ingresses = await list('/apis/networking.k8s.io/v1/ingresses');
  const services = await list('/api/v1/services');
  const own = ingresses.filter(({ spec }) => spec.ingressClassName === process.env.INGRESS_CLASS);
  routes = own.flatMap(({ metadata: { namespace }, spec }) =>
    (spec.rules ?? []).flatMap(({ host, http }) =>
      (http?.paths ?? []).flatMap(({ path, backend: { service } }) => {
        const found = services.find(
          ({ metadata }) => metadata.name === service.name && metadata.namespace === namespace,
        );
        const port = found?.spec.ports.find(
          ({ name, port }) => name === service.port.name || port === service.port.number,
        );
        return port ? [{ host, path, target: { host: found.spec.clusterIP, port: port.port } }] : [];
      }),
    ),
  );
}

const server = createServer((incoming, outgoing) => {
  if (incoming.url === '/ready') return outgoing.writeHead(routes ? 200 : 503).end();
  const host = incoming.headers.host?.replace(/:\d+$/, '');
  const route = routes.find((each) => each.host === host && incoming.url.startsWith(each.path));
  if (!route) return outgoing.writeHead(404).end();
  const { method, url: path, headers } = incoming;
  const onward = request({ ...route.target, method, path, headers }, (answer) => {
    answer.pipe(outgoing.writeHead(answer.statusCode, answer.headers));
  });
  onward.on('error', () => outgoing.writeHead(502).end());
  incoming.pipe(onward);
});

setInterval(() => readRoutes().catch(console.error), 500);
server.listen(80);
process.on('SIGTERM', () => process.exit());
