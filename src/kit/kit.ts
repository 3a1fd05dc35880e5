import type { Kube } from '../kube/kube.ts';
import type { Cluster, Place } from '../model/cluster.ts';
import type { Controller, Front } from '../model/controller.ts';
import type { ProbeRecord, ProbeRequest } from '../model/probe.ts';
import type { Change } from './change.ts';
import type { Ground } from './check.ts';
import type { Convergence, ConvergeOptions } from './converge.ts';
import type { Expectation, Road } from './expectation.ts';
import type { Stream, StreamOptions } from './stream.ts';

/** Everything a check may use, bound to its namespace and to the controller under test. */
export interface Kit {
  readonly namespace: string;
  /** Where the check stands, to make further objects with. */
  readonly ground: Ground;
  readonly cluster: Pick<Cluster, 'nodes' | 'entrance' | 'capabilities' | 'start' | 'stopNode'>;
  readonly controller: ControllerUnderTest;
  readonly kube: Kube;
  /** Sends one request and returns what came; never throws for what the other side does. */
  probe(place: Place, request: ProbeRequest): Promise<ProbeRecord>;
  /** Where a request by this road is sent, and from where. */
  resolve(road: Road): Promise<{ readonly place: Place; readonly address: string; readonly port: number }>;
  /** Waits until every row holds, then confirms; throws a CheckFailed with the row that did not. The only way to wait for traffic. */
  converge(rows: Expectation | readonly Expectation[], options?: ConvergeOptions): Promise<Convergence>;
  /**
   * Applies one more route to the back-end `hit` and returns once it is served: what was changed before is in force by then, or will be
   * within the time returned, in ms. For areas without a story.
   */
  caughtUp(): Promise<number>;
  /** Sends one request over and over at a fixed spacing until it is disposed. */
  stream(options: StreamOptions): Promise<Stream>;
  /** Makes edits through the API and says when the API answered. */
  change(edits: readonly import('../model/kubernetes.ts').Edit[]): Promise<Change>;
  /** Keeps a named figure or table as evidence in the report. Times in ms. */
  record(name: string, value: unknown): void;
}

/** The controller as it runs now. */
export interface ControllerUnderTest {
  readonly definition: Controller;
  readonly ingressClass: string;
  readonly namespace: string;
  /** Where it answers, where it was there before the run. */
  readonly front?: Front;
  /** Addresses and names of its Ready pods; none where it was there before the run. */
  pods(): Promise<readonly { readonly name: string; readonly address: string; readonly node: string }[]>;
  /** The members (`address:port`) of the pool it keeps for a Service of the kit's namespace, by its own account; needs the feature `pool`. */
  pool(service: string): Promise<readonly string[]>;
}
