import type { KubernetesObject } from '../model/kubernetes.ts';
import { smallest } from '../model/small-heap.ts';

/** What a back-end of a check's own may have beside its name. */
export interface BackendOptions {
  readonly replicas?: number;
  /** Number of the port that its pods call `http`. */
  readonly port?: number;
  /** The Services, besides its own, whose pools its pods are in. */
  readonly pools?: readonly string[];
  /** How long its pods go on serving once they are told to leave. */
  readonly drainMs?: number;
}

/** The label of the pods in a Service's pool, and the Service's selector. */
const inPool = (service: string) => ({ [`pool/${service}`]: 'in' });

/** A Deployment of echo pods which answer by its name; the namespace has to have the program, as each area's has. */
export function backend(
  name: string,
  { replicas = 1, port = 8080, pools = [], drainMs = 0 }: BackendOptions = {},
): KubernetesObject {
  const selector = inPool(name);
  const field = (fieldPath: string) => ({ fieldRef: { fieldPath } });
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name },
    spec: {
      replicas,
      selector: { matchLabels: selector },
      template: {
        metadata: { labels: Object.assign({}, selector, ...pools.map(inPool)) },
        spec: {
          terminationGracePeriodSeconds: 1 + Math.ceil(drainMs / 1000),
          containers: [
            {
              name: 'echo',
              image: 'node:20-slim',
              imagePullPolicy: 'IfNotPresent',
              args: [...smallest, '/echo/echo.mjs'],
              env: [
                { name: 'BACKENDS', value: `${name}=${port}` },
                { name: 'DRAIN_MS', value: String(drainMs) },
                { name: 'POD_NAME', valueFrom: field('metadata.name') },
                { name: 'POD_NAMESPACE', valueFrom: field('metadata.namespace') },
                { name: 'POD_IP', valueFrom: field('status.podIP') },
              ],
              ports: [{ name: 'http', containerPort: port }],
              readinessProbe: {
                httpGet: { path: '/healthz', port: 'http' },
                periodSeconds: 1,
                timeoutSeconds: 5,
                failureThreshold: 1,
              },
              volumeMounts: [{ name: 'echo', mountPath: '/echo' }],
            },
          ],
          volumes: [{ name: 'echo', configMap: { name: 'echo' } }],
        },
      },
    },
  };
}

/** Three pods that several checks share and none disturbs; the pools they are in beside their own are named here. */
export const trio: KubernetesObject = backend('trio', {
  replicas: 3,
  pools: ['slices-are-all-read', 'unready-pod-is-withdrawn', 'leaving-pod-gets-nothing-new'],
});

/** One port of a Service. */
export interface BackendPort {
  readonly name: string;
  readonly port: number;
  readonly targetPort: number | string;
}

/** A Service in front of the pods in the pool of that name, which is its own where none is given. */
export const poolService = (name: string, pool = name): KubernetesObject =>
  serviceOf(name, inPool(pool), [{ name: 'http', port: 80, targetPort: 'http' }]);

/** A Service of these ports; without a selector its endpoints are applied by hand. */
export const serviceOf = (
  name: string,
  selector: Readonly<Record<string, string>> | undefined,
  ports: readonly BackendPort[],
): KubernetesObject => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name },
  spec: { ...(selector === undefined ? {} : { selector }), ports },
});

/** The label of the pod that serves `hit`, `miss` and `other`, by which a further Service selects it. */
export const cast = { app: 'echo' } as const;
