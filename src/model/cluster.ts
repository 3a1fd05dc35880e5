import type { Readable, Writable } from 'node:stream';
import type { PodFeature, Prerequisite } from './prerequisite.ts';
import type { Toolchain } from './program.ts';
import type { Progress } from './progress.ts';

/** What one cluster can do and another cannot. A check names what it needs; without it the verdict is `unsupported`. */
export const capabilities = {
  externalIPs: 'a Service may claim addresses of its own (spec.externalIPs) and they are served',
  multiNode: 'there are two nodes or more',
  stopNode: 'a node beside the control plane can be stopped and started again, and another of these stays',
  ownCluster: 'nobody else works on it, so what holds for all of it may be changed for a while',
  clientAddress: 'the external client has an address of its own, which nothing on the way replaces before the node',
} as const;
export type Capability = keyof typeof capabilities;

export type Availability =
  | { readonly kind: 'available' }
  | { readonly kind: 'unavailable'; readonly reason: string; readonly next: string };

/** Where a program of ours is started, to see the network from there. */
export type Place =
  | { readonly kind: 'external' }
  | { readonly kind: 'pod'; readonly namespace: string; readonly name: string; readonly container?: string };

/** A program running at a place, spoken to over its standard streams. */
export interface PlacedProcess extends AsyncDisposable {
  readonly stdin: Writable;
  readonly stdout: Readable;
  readonly stderr: Readable;
  /** Settles once it has ended. Never rejects. */
  readonly exited: Promise<{ readonly code: number | null; readonly signal: string | null }>;
}

export interface ClusterNode {
  readonly name: string;
  /** The address at which the node answers NodePorts, as seen from the external vantage. */
  readonly address: string;
  /** The API is on it: without it there is no cluster. */
  readonly controlPlane?: true;
}

/** Where the caller says that the controller answers from outside. */
export interface Entrance {
  readonly host: string;
  /** The controller's own port for HTTP, where it is not the one its Service would have. */
  readonly port?: number;
}

/** A pod of the cluster, as those who look at its processes have to know it. */
export interface PodRef {
  readonly namespace: string;
  readonly name: string;
  readonly uid: string;
  readonly node: string;
  /** Names of its containers. */
  readonly containers: readonly string[];
}

/** What processes have used since they began, and what they hold now. */
export interface ProcessUse {
  readonly cpuSeconds: number;
  /** Their own memory, without the pages of programs, libraries and files that the kernel would take back. */
  readonly memoryBytes: number;
}

/** What those of a pod or of a node use. */
export interface UsageAt extends ProcessUse {
  /** When it was read, in ms of `performance.now()`: on a busy machine a look may take longer than what lies between two. */
  readonly atMs: number;
}

/** What several use together. */
export const together = (uses: readonly ProcessUse[]): ProcessUse => ({
  cpuSeconds: uses.reduce((total, { cpuSeconds }) => total + cpuSeconds, 0),
  memoryBytes: uses.reduce((total, { memoryBytes }) => total + memoryBytes, 0),
});

/** A running cluster. Disposing it gives back what making it took, and only that. */
export interface Cluster extends AsyncDisposable {
  readonly provider: string;
  readonly name: string;
  /** Text of a kubeconfig that works from this process, TLS verified. */
  readonly kubeconfig: string;
  readonly nodes: readonly ClusterNode[];
  /** Taken instead of a node's address where the caller named it. */
  readonly entrance?: Entrance;
  readonly capabilities: readonly Capability[];
  /** Versions of all it is made of, for the report: `{ kubernetes: 'v1.37.2', etcd: '3.6.1', … }`. */
  readonly versions: Readonly<Record<string, string>>;
  /** Aborted, with an AssayError as its reason, when a component of the cluster dies under the run. */
  readonly failed: AbortSignal;
  /** Starts a program at a place. The program is named as on a PATH there; `node` is always one. */
  start(place: Place, argv: readonly string[]): Promise<PlacedProcess>;
  /**
   * Takes a node from the cluster at once, with all that runs there, as a power cut or a pulled cable does; `failed` is not aborted for it.
   * It comes back when what is returned is disposed, or when this process ends. There with the capability `stopNode`.
   */
  stopNode?(name: string): Promise<AsyncDisposable>;
  /** Makes these images ready, on every node where pods land, before anything that names them is applied; absent where nodes pull by themselves. */
  bringImages?(images: readonly string[]): Promise<void>;
  /** What pods use, each in its place, read from the kernel in one look; absent where the cluster cannot tell. */
  usage?(pods: readonly PodRef[]): Promise<readonly UsageAt[]>;
  /** What nodes use, each with its pods and all else that runs on it; absent where that cannot be told from what others use. */
  nodesUsage?(): Promise<readonly UsageAt[]>;
  /** Keeps a pod's processes, and all that they start, on these CPUs of the machine; absent where that cannot be. */
  pin?(pod: PodRef, cpus: readonly number[]): Promise<void>;
  /** How programs of the external vantage go before others, for the report: `the generator's container has …`; absent where they do not by themselves. */
  readonly precedence?: string;
  /** What stands for these images, by image, where that is not the image itself: its version and where it is from, for the report. */
  standIns?(images: readonly string[]): Promise<Readonly<Record<string, string>>>;
  /** Copies the components' logs into `folder` and returns their paths. */
  collectLogs(folder: string): Promise<readonly string[]>;
}

export interface ClusterOptions {
  /** Names the cluster; several of different names live side by side. */
  readonly name: string;
  readonly nodes: number;
  /** A Kubernetes version such as `v1.37.2`, or `v1.37` for any of it; the provider's default where absent. */
  readonly kubernetes?: string | undefined;
  /** Outlives this process, and is found again under its name. */
  readonly keep: boolean;
  /** Where logs go while it runs. */
  readonly logFolder: string;
  /** What the provider's own flags were given, by name. */
  readonly flags?: ProviderFlags;
}

/** A flag of the command line, and a setting of the configuration file, that only one provider knows. */
export interface ProviderFlag {
  /** Without dashes in front: `kind-config`. */
  readonly name: string;
  /** What it takes, as help shows it: `<file>`. */
  readonly argument: `<${string}>`;
  readonly description: string;
  /** It may be given several times; what it was given is then a list. */
  readonly repeatable?: true;
  /** What to do instead on a cluster of another provider; to leave it out where absent. */
  readonly elsewhere?: string;
}
/** What a provider's own flags were given, by name. */
export type ProviderFlags = Readonly<Record<string, string | readonly string[]>>;

/** What a flag that is not repeatable was given. */
export const flagOf = (flags: ProviderFlags, name: string): string | undefined => {
  const value = flags[name];
  return typeof value === 'string' ? value : undefined;
};

/** How a kept cluster fares. */
export interface ClusterStatus {
  readonly name: string;
  readonly state: 'starting' | 'running' | 'failed';
  /** Why, where it failed. */
  readonly reason?: string;
  readonly sinceMs: number;
  /** Who keeps it, for a person to read: `process 4711`. */
  readonly owner: string;
  readonly nodes: readonly ClusterNode[];
  /** A file for `kubectl --kubeconfig`; empty unless it runs. */
  readonly kubeconfigFile: string;
  readonly logFolder: string;
  readonly versions: Readonly<Record<string, string>>;
  /** What it runs on this machine, with the memory of each, shared pages counted once. */
  readonly processes: readonly { readonly name: string; readonly memoryMiB: number }[];
}

/** What a provider is handed to work with. */
export interface ClusterHost {
  readonly toolchain: Toolchain;
  readonly progress: Progress;
  readonly signal: AbortSignal;
}

/** One way to get a cluster. */
export interface ClusterProvider {
  readonly name: string;
  readonly summary: string;
  /** No run on a cluster of it is recorded. */
  readonly experimental?: true;
  /** The capabilities that its clusters can have, each with what it takes. */
  readonly offers: Readonly<Partial<Record<Capability, string>>>;
  /** It makes nothing: `create` joins a cluster that is somebody's, in which a run leaves all as it was. */
  readonly joins?: true;
  /** Its external place is a container: of this machine's programs and packages none is there. */
  readonly clientInContainer?: true;
  /** How many nodes a cluster of it has unasked, where it has a choice of its own. */
  readonly defaultNodes?: number;
  /** What only it can be told. */
  readonly flags?: readonly ProviderFlag[];
  /** What it needs of the machine, shown by `doctor`. */
  readonly prerequisites?: readonly Prerequisite[];
  /** What its pods get and do not get, shown by `doctor`; absent where it is all of Kubernetes. */
  readonly podFeatures?: readonly PodFeature[];
  /** Whether it can work on this machine; if not, why and what to do. Answers within 2 s and changes nothing. */
  available(host: ClusterHost): Promise<Availability>;
  /** Makes a new cluster. A cluster of that name already there is an error that names it. */
  create(options: ClusterOptions, host: ClusterHost): Promise<Cluster>;
  /** Attaches to a kept cluster, or `undefined` where none of that name runs. Disposing it detaches, no more. */
  attach(name: string, host: ClusterHost, flags?: ProviderFlags): Promise<Cluster | undefined>;
  /** Removes a kept cluster and everything of it; false where none of that name was there. */
  remove(name: string, host: ClusterHost): Promise<boolean>;
  /** Names of the kept clusters that run now. */
  list(host: ClusterHost): Promise<readonly string[]>;
  /** Every kept cluster in order of name, those that start or have failed included. */
  status(host: ClusterHost): Promise<readonly ClusterStatus[]>;
  /** Copies into `folder` the logs of a kept cluster that cannot be joined; absent where its `logFolder` has them all. */
  salvageLogs?(name: string, folder: string, host: ClusterHost): Promise<void>;
}

/** Types a provider and fixes its shape; the default export of each file in `clusters/`. */
export const defineCluster = (provider: ClusterProvider): ClusterProvider => Object.freeze(provider);
