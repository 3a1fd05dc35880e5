import { z } from 'zod';
import type { KubernetesObject } from './kubernetes.ts';

/** Ways in which a request under load fails, by who is to blame first. */
export const loadFailures = [
  'refused',
  'reset',
  'timeout',
  'closed-early',
  'malformed',
  'status-4xx',
  'status-5xx',
  'wrong-status',
  'wrong-length',
  'wrong-back-end',
  'no-socket',
  /** It failed, and the engine cannot tell how. */
  'unclassified',
] as const;
export type LoadFailure = (typeof loadFailures)[number];

/** One request that is sent again and again, and what a right answer to it is. */
export interface LoadTarget {
  /** Names it in results: `first-route`. */
  readonly name: string;
  readonly address: string;
  readonly port: number;
  /** TLS with `host` as its server name; certificates are not verified. */
  readonly tls?: boolean;
  readonly host: string;
  readonly path: string;
  /** `GET` where absent. */
  readonly method?: string;
  /** Length of the body that is sent. */
  readonly bodyBytes?: number;
  /** Every answer is held against this; one that differs is a failure by its cause. */
  readonly expect: {
    readonly status: number;
    /** Length of the body that comes back. */
    readonly bodyBytes?: number;
    /** A header by which the back-end tells its name, in small letters, and that name. */
    readonly servedBy?: readonly [header: string, name: string];
  };
}

/** `saturation`: each connection sends its next request when it has the answer. `rate`: requests go at times fixed beforehand, whatever comes back. */
export type LoadShape =
  | { readonly kind: 'saturation' }
  | { readonly kind: 'rate'; readonly rateRps: number; readonly arrivals: 'constant' | 'poisson' };

/** What an engine is told. It goes to the engine's process as JSON. */
export interface LoadOrder {
  readonly shape: LoadShape;
  /** Asked in turn, one after the other. */
  readonly targets: readonly LoadTarget[];
  /** How many are open at once at most. */
  readonly connections: number;
  /** `fresh`: a new connection for every request. */
  readonly connectionUse: 'keep-alive' | 'fresh';
  readonly protocol: 'http/1.1' | 'h2';
  /** Requests in flight on one connection of HTTP/2 at most; 1 where absent. */
  readonly streams?: number;
  /** Load before what is measured, none of which is counted. */
  readonly warmUpMs: number;
  readonly durationMs: number;
  /** A request without its whole answer after this has failed. */
  readonly timeoutMs: number;
  readonly seed: number;
  /** How many threads may send. */
  readonly threads: number;
  /** Absolute paths of the programs that the engine has asked the toolchain for, by name. */
  readonly programs: Readonly<Record<string, string>>;
  /** Further environment that such a program must run with, by its name: where its libraries are. */
  readonly programEnv?: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

const count = z.number().int().nonnegative();

/** What an engine has seen. Histograms are HDR V2, compressed, in base64, in whole microseconds. */
export const loadResultSchema = z.object({
  engine: z.string(),
  engineVersion: z.string(),
  /** When what is measured began, the warm-up being over, in ms since 1970. Absent where the engine cannot tell. */
  measuredFromMs: z.number().optional(),
  /** What was measured, warm-up left out. */
  durationMs: z.number(),
  /** Requests whose time to be sent fell into it; under saturation those sent. */
  offered: count,
  /** Answers that were right in all that was expected. */
  answered: count,
  /**
   * Right answers that came within the measured time: under saturation to whatever had been sent, at a rate to what was due in it, which is less
   * than what was offered under overload, though a queue is answered in the end.
   */
  answeredWithin: count.optional(),
  /** Of the requests that were due so long or longer before the measured time was over, how many there were and how many were answered by then. */
  inTime: z.object({ leewayMs: z.number(), due: count, answered: count }).optional(),
  failures: z.partialRecord(z.enum(loadFailures), count),
  bytesReceived: count,
  connectionsOpened: count,
  /** Requests that were due while every connection was busy, and so waited for one. */
  waitedForConnection: count.optional(),
  /** Requests of HTTP/2 that a server which closed a connection in order said not to have dealt with, and that went out once more over another. */
  sentAgain: count.optional(),
  /** Of right answers. `since`: where the clock starts. Absent where the engine's are not to be used. */
  latency: z.object({ since: z.enum(['intended', 'sent']), histogram: z.string() }).optional(),
  /** From the time a request was due and a connection free for it, or could have been, to the time it was sent: how late the engine itself was. */
  sendLag: z.string().optional(),
  /** One entry a second, in order. */
  seconds: z
    .array(
      z.object({ offered: count, answered: count, failed: count, p50Us: count.optional(), p99Us: count.optional() }),
    )
    .readonly(),
  /** Right answers of the three thirds of the measured time, by when their requests were to be sent. */
  thirds: z
    .array(z.object({ answered: count, p50Us: count.optional() }))
    .readonly()
    .optional(),
  /** The process that made the load. */
  generator: z.object({
    /** CPU time over wall time of the busiest thread, or of the whole over its threads: 0 to 1. Absent where nobody saw it. */
    cpuShare: z.number().optional(),
    eventLoopLagP99Us: count.optional(),
    peakMemoryBytes: count.optional(),
    /** Requests that it could not send for want of its own means. */
    dropped: count,
  }),
});
export type LoadResult = z.infer<typeof loadResultSchema>;

/** One way to make load; the default export of each `load/<name>/index.ts`. */
export interface Engine {
  readonly name: string;
  readonly summary: string;
  /** What its figures may be used for. */
  readonly answers: readonly ('throughput' | 'latency')[];
  /** How its requests are spread at a rate; `poisson` where absent. */
  readonly arrivals?: 'constant' | 'poisson';
  /** Programs of the toolchain that it runs. */
  readonly programs: readonly string[];
  /** What of an answer it holds against what is expected; all of it where absent. */
  readonly verifies?: readonly ('status' | 'length' | 'back-end')[];
  /**
   * Its program, as it lies in the source tree: `load/<name>/main.ts`. Run by Node where the load starts, it reads a LoadOrder, one line of
   * JSON, from standard input and writes a LoadResult to standard output; where it cannot, it says why on standard error and ends with a code
   * other than 0. It goes there as source (src/kit/shipped-source.ts), so it imports only `node:` modules and files of ours that keep to that.
   */
  readonly module: string;
  /** Packages that the module imports all the same. It then runs only where this package is installed. */
  readonly packages?: readonly string[];
  /** What Node is told when it starts the module: `--single-threaded-gc`. */
  readonly nodeOptions?: readonly string[];
  /** Why it cannot carry out this order; nothing where it can. */
  refuses(order: LoadOrder): string | undefined;
  /** The same load from pods, where one machine is not enough. */
  readonly distributed?: DistributedLoad;
}

/** Load from pods that an operator of the engine's makes. */
export interface DistributedLoad {
  /** Why the pods together cannot carry out this order; nothing where they can. */
  refuses(order: LoadOrder, pods: number): string | undefined;
  /** What has to be applied to start it; the operator's own object comes last. */
  objects(order: LoadOrder, where: DistributedPlace): Promise<readonly KubernetesObject[]>;
  /** How the operator's object says that it stands. */
  stage(object: KubernetesObject): 'under way' | 'finished' | 'failed';
  /** What the pods that make the load are labelled with. */
  podLabels(name: string): Readonly<Record<string, string>>;
  /** What they have seen together, from what each has logged; throws where one has logged no result. */
  merge(order: LoadOrder, pods: readonly LoadPod[]): LoadResult;
}

export interface DistributedPlace {
  readonly namespace: string;
  readonly name: string;
  readonly pods: number;
  /** Of the pods that make the load; the engine's own where absent. */
  readonly image?: string;
}

export interface LoadPod {
  readonly name: string;
  readonly log: string;
}

export const defineEngine = (engine: Engine): Engine => Object.freeze(engine);
