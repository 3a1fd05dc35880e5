import type { Edit, KubernetesObject } from './kubernetes.ts';
import type { ProbeRecord } from './probe.ts';

/** What a controller can do beyond the Ingress contract; a check names what it needs. */
export const features = {
  pool: 'the controller shows the members of its upstream pools',
  affinity: 'session affinity can be switched on and off while it runs',
  statusPage: 'the controller serves a status page on a port of its own',
  annotationClass:
    'it is known what the deprecated annotation has to say for it, which is up to its configuration, not to its IngressClass',
  installed:
    'the run has installed it: its pods, its NodePorts and its IngressClass are the run’s to use and to change',
  forwardedFor: 'the controller adds the address of its peer to X-Forwarded-For, by its own documentation',
} as const;
export type Feature = keyof typeof features;

export interface ControllerSettings {
  /** Where it is installed: the tutorial's namespace. */
  readonly namespace: string;
  readonly ingressClass: string;
  /** What the annotation `kubernetes.io/ingress.class` has to say; the class's name where absent. */
  readonly annotationClass?: string;
  /** Where it answers, where it was there before the run. */
  readonly front?: Front;
  /** No line of a log for each request: under load one would measure who takes the lines. */
  readonly accessLog?: false;
}

/** The ways in to a controller that was there before the run. */
export interface Front {
  /** From a pod. */
  readonly inside: Socket;
  /** From outside. */
  readonly outside: Socket;
  /** The port at which every node forwards to it, if there is one. */
  readonly nodePort?: number;
}

/** An address, or a name, and a port. */
export interface Socket {
  readonly address: string;
  readonly port: number;
}

/** An HTTP GET from inside the cluster: how a definition reads its controller's own view. */
export type ReadPage = (request: { readonly port: number; readonly path: string }) => Promise<string>;

/** Session affinity by cookie: the client is whoever brings the cookie back. */
export interface Affinity {
  /** Edits that switch it on, and off, for one Service behind one Ingress. */
  on(target: { readonly namespace: string; readonly ingress: string; readonly service: string }): readonly Edit[];
  off(target: { readonly namespace: string; readonly ingress: string; readonly service: string }): readonly Edit[];
}

/** A check that this controller is known to fail, reproduced by hand. */
export interface Deviation {
  readonly check: string;
  readonly reason: string;
  readonly link: string;
}

/** A Helm chart with what it is told. */
export interface Chart {
  /** `https://…` or `oci://…`; absent where `chart` is a folder. */
  readonly repository?: string;
  /** Its name in the repository, or the absolute path of a folder. */
  readonly chart: string;
  /** The chart's, not the controller's. A folder has its own. */
  readonly version: string;
  readonly values: Readonly<Record<string, unknown>>;
  /** Name of the release, with which charts name their objects. */
  readonly release: string;
}

/** One ingress controller; the default export of each file in `controllers/`. */
export interface Controller {
  readonly name: string;
  readonly title: string;
  readonly version: string;
  readonly homepage: string;
  /** Container images its manifests name, for clusters that load them beforehand. */
  readonly images: readonly string[];
  /** The `spec.controller` of its IngressClass is in its manifests; this is the class's name. Empty where only the caller knows it. */
  readonly ingressClass: string;
  /** What the deprecated annotation has to say for it, whatever its class is called; that name where absent. */
  readonly annotationClass?: string;
  /** Unless told otherwise, which its manifests do not do, it serves Ingresses that name no class at all, whosever they are. */
  readonly servesUnclassed?: true;
  /** No run of it is recorded: what its definition says comes from its documentation alone. */
  readonly experimental?: true;
  /** It is there before the run, which finds it by its class, and changes nothing of it. It has no manifests, and nobody knows its pods. */
  readonly preinstalled?: true;
  /** Everything to install it: CRDs, RBAC, ConfigMap, Deployment, IngressClass, the NodePort Service of the tutorial. */
  manifests(settings: ControllerSettings): Promise<readonly KubernetesObject[]>;
  /**
   * Its Helm charts, where it is installed by some: rendered, and applied one after the other, each once the one before is ready, then the
   * manifests, which bring the rest. Hooks are not run.
   */
  readonly chart?: (settings: ControllerSettings) => Chart | readonly Chart[];
  /** Labels of its pods. */
  readonly podLabels: Readonly<Record<string, string>>;
  /** Ports its pods listen on. */
  readonly ports: { readonly http: number; readonly https: number; readonly status: number };
  /** The status page: its path on the status port, and how to tell that an answer is it. */
  readonly status?: { readonly path: string; isStatusPage(record: ProbeRecord): boolean };
  /**
   * It writes statuses at such intervals only, by its own documentation: whoever waits for one waits for the next round. Where absent, it
   * writes them as it goes.
   */
  readonly statusEveryMs?: number;
  /** Reads the members (`address:port`) of the pool it keeps for one Service, by its own account; empty where it has none. */
  readonly pool?: (
    read: ReadPage,
    service: { readonly namespace: string; readonly name: string },
  ) => Promise<readonly string[]>;
  readonly affinity?: Affinity;
  /** It documents that it appends its peer's address to X-Forwarded-For. No norm asks for that. */
  readonly forwardedFor?: true;
  readonly knownDeviations: readonly Deviation[];
}

export const defineController = (controller: Controller): Controller => Object.freeze(controller);
