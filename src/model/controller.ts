import type { Edit, KubernetesObject } from './kubernetes.ts';
import type { ProbeRecord } from './probe.ts';

/** The members of one upstream pool as the controller itself reports them. */
export interface Pool {
  /** The Service it stands for. */
  readonly service: string;
  readonly namespace: string;
  /** `address:port` of each member. */
  readonly members: readonly string[];
}

/** What a controller can do beyond the Ingress contract; a check names what it needs. */
export const features = {
  pools: 'the controller shows the members of its upstream pools',
  affinity: 'session affinity can be switched on and off while it runs',
  statusPage: 'the controller serves a status page on a port of its own',
} as const;
export type Feature = keyof typeof features;

export interface ControllerSettings {
  /** Where it is installed: the tutorial's namespace. */
  readonly namespace: string;
  readonly ingressClass: string;
}

/** An HTTP GET from inside the cluster: how a definition reads its controller's own view. */
export type ReadPage = (request: { readonly port: number; readonly path: string }) => Promise<string>;

export interface Affinity {
  /** Edits that switch it on, and off, for one Service behind one Ingress. */
  on(target: { readonly namespace: string; readonly ingress: string; readonly service: string }): readonly Edit[];
  off(target: { readonly namespace: string; readonly ingress: string; readonly service: string }): readonly Edit[];
  /** What makes a client the same client. */
  readonly by: 'cookie' | 'address';
}

/** A check that this controller is known to fail, reproduced by hand. */
export interface Deviation {
  readonly check: string;
  readonly reason: string;
  readonly link: string;
}

/** One ingress controller; the default export of each file in `controllers/`. */
export interface Controller {
  readonly name: string;
  readonly title: string;
  readonly version: string;
  readonly homepage: string;
  /** Container images its manifests name, for clusters that load them beforehand. */
  readonly images: readonly string[];
  /** The `spec.controller` of its IngressClass is in its manifests; this is the class's name. */
  readonly ingressClass: string;
  /** Everything to install it: CRDs, RBAC, ConfigMap, Deployment, IngressClass, the NodePort Service of the tutorial. */
  manifests(settings: ControllerSettings): Promise<readonly KubernetesObject[]>;
  /** Labels of its pods. */
  readonly podLabels: Readonly<Record<string, string>>;
  /** Ports its pods listen on. */
  readonly ports: { readonly http: number; readonly https: number; readonly status: number };
  /** The status page: its path on the status port, and how to tell that an answer is it. */
  readonly status?: { readonly path: string; isStatusPage(record: ProbeRecord): boolean };
  /** Reads its upstream pools from its own view. */
  readonly pools?: (read: ReadPage) => Promise<readonly Pool[]>;
  readonly affinity?: Affinity;
  readonly knownDeviations: readonly Deviation[];
}

export const defineController = (controller: Controller): Controller => Object.freeze(controller);
