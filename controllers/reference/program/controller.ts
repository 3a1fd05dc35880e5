import { createServer, type RequestListener } from 'node:http';
import { settingsName } from './affinity.ts';
import { answer } from './answer.ts';
import { type Configuration, nothing } from './configuration.ts';
import { inform } from './informer.ts';
import { createStatusWriter } from './ingress-status.ts';
import type { View } from './objects.ts';
import type { Parts } from './parts.ts';
import { createProxy } from './proxy.ts';
import { serverOf } from './server.ts';

const ports = { http: 80, status: 18080 };

/** What is watched for each part of the view. */
const sources: Readonly<Record<keyof View, readonly [path: string, query?: Readonly<Record<string, string>>]>> = {
  ingresses: ['/apis/networking.k8s.io/v1/ingresses'],
  classes: ['/apis/networking.k8s.io/v1/ingressclasses'],
  services: ['/api/v1/services'],
  slices: ['/apis/discovery.k8s.io/v1/endpointslices'],
  settings: ['/api/v1/configmaps', { fieldSelector: `metadata.name=${settingsName}` }],
};
const kinds = Object.keys(sources) as readonly (keyof View)[];

/** Runs an ingress controller of these parts in a pod, for one class: proxy, status page and readiness, until SIGTERM. */
export function runController(parts: Parts): void {
  const { INGRESS_CLASS: ownClass = 'reference', ADDRESS: ip } = process.env;
  const writeStatus = createStatusWriter(ownClass, ip === undefined ? [] : [{ ip }], parts);
  let configuration: Configuration = nothing;
  const known: Partial<View> = {};
  const isReady = () => kinds.every((kind) => kind in known);

  const learn = () => {
    if (!isReady()) return;
    const view = { ...known } as View;
    parts.putInForce(parts.configure(view, ownClass, parts), (next) => {
      configuration = next;
    });
    writeStatus(view);
  };
  // What comes in together is learnt together.
  let learning: NodeJS.Immediate | undefined;
  for (const kind of kinds) {
    const [path, query = {}] = sources[kind];
    inform(path, query, (objects) => {
      Object.assign(known, { [kind]: objects });
      clearImmediate(learning);
      learning = setImmediate(learn);
    });
  }

  const proxy = parts.guard(createProxy(() => configuration, parts));
  const status: RequestListener = (request, response) => {
    const path = request.url?.replace(/[?#].*$/s, '');
    if (path === '/nginx_status') parts.statusPage(response, configuration);
    else if (path === '/ready')
      answer(response, isReady() ? 200 : 503, isReady() ? 'ready' : 'the API was not read yet');
    else answer(response, 404, 'there is only /nginx_status and /ready');
  };
  const servers = [serverOf(proxy).listen(ports.http), createServer(status).listen(ports.status)];
  process.on('SIGTERM', async () => {
    // Requests under way may finish; the kubelet ends what takes too long.
    await Promise.all(servers.map((server) => new Promise((closed) => server.close(closed))));
    process.exit(0);
  });
}
