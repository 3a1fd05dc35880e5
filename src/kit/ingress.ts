import type { KubernetesObject } from '../model/kubernetes.ts';
import type { Ground } from './check.ts';

/** One path of a rule, as the API has it. */
export interface IngressPath {
  readonly path?: string;
  readonly pathType: 'Exact' | 'Prefix' | 'ImplementationSpecific';
  readonly backend: IngressBackend;
}

/** A Service's port, or another object of the namespace. */
export type IngressBackend =
  | {
      readonly service: {
        readonly name: string;
        readonly port: { readonly number: number } | { readonly name: string };
      };
    }
  | { readonly resource: { readonly apiGroup: string; readonly kind: string; readonly name: string } };

/** A rule of an Ingress: its paths, for one host or, where `host` is absent, for any. Without paths it has no `http` either. */
export interface IngressRule {
  readonly host?: string;
  readonly paths?: readonly IngressPath[];
}

/** A Service's port, by number or by name. */
export const service = (name: string, port: number | string = 80): IngressBackend => ({
  service: { name, port: typeof port === 'number' ? { number: port } : { name: port } },
});

/** A path of that type which leads to a Service's port. */
const pathOf =
  (pathType: IngressPath['pathType']) =>
  (path: string, backend: string, port?: number | string): IngressPath => ({
    path,
    pathType,
    backend: service(backend, port),
  });

export const exact = pathOf('Exact');
export const prefix = pathOf('Prefix');
export const implementationSpecific = pathOf('ImplementationSpecific');

/** What an Ingress of a check may say beside the class and the check's own name and host. */
export interface IngressOptions {
  /** Tells apart several Ingresses of one check. */
  readonly name?: string;
  readonly namespace?: string;
  readonly annotations?: Readonly<Record<string, string>>;
  /** Another class, or none at all. */
  readonly ingressClass?: string | null;
  readonly defaultBackend?: IngressBackend;
}

/** An Ingress with these rules, or with these paths for the check's own host. */
export function ingress(
  ground: Ground,
  rules: readonly IngressRule[] | readonly IngressPath[],
  { name, namespace = ground.namespace, annotations, ingressClass, defaultBackend }: IngressOptions = {},
): KubernetesObject {
  const className = ingressClass === undefined ? ground.ingressClass : ingressClass;
  const isPath = (one: IngressRule | IngressPath): one is IngressPath => 'pathType' in one;
  const paths = rules.filter(isPath);
  const all = paths.length > 0 ? [{ host: ground.host, paths }] : (rules as readonly IngressRule[]);
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'Ingress',
    metadata: {
      name: name === undefined ? ground.name : `${ground.name}-${name}`,
      namespace,
      ...(annotations === undefined ? {} : { annotations }),
    },
    spec: {
      ...(className === null ? {} : { ingressClassName: className }),
      ...(defaultBackend === undefined ? {} : { defaultBackend }),
      ...(all.length === 0
        ? {}
        : {
            rules: all.map(({ host, paths: http }) => ({
              ...(host === undefined ? {} : { host }),
              ...(http === undefined ? {} : { http: { paths: http } }),
            })),
          }),
    },
  };
}
