import type { Kube } from '../kube/kube.ts';
import type { Cluster, Place } from '../model/cluster.ts';
import type { Controller, ControllerSettings } from '../model/controller.ts';
import { environmentError } from '../model/errors.ts';
import type { ProbeRequest } from '../model/probe.ts';
import { timeouts } from '../model/timeouts.ts';
import { nowMs } from './agent/clock.ts';
import { type Agents, createAgents, type Line } from './agents.ts';
import type { Ground } from './check.ts';
import { type ConvergeOptions, converge } from './converge.ts';
import { curlOf } from './curl.ts';
import type { Expectation, Road } from './expectation.ts';
import type { ControllerUnderTest, Kit } from './kit.ts';
import { type Route, readyPods, routeOf } from './roads.ts';
import { sentinel, settleMs } from './sentinel.ts';
import { startStream } from './start-stream.ts';
import { namingStrangers } from './stranger.ts';

/** The longest page of a controller's that is read: of one with thousands of Services, its pools take some MiB. */
const pageBytes = 16 * 1024 * 1024;

export interface KitOptions {
  readonly cluster: Cluster;
  readonly kube: Kube;
  readonly controller: Controller;
  readonly settings: ControllerSettings;
  readonly ground: Ground;
  /** Host of rows that name none. Default: the address they go to. */
  readonly defaultHost?: string;
  /** What `caughtUp` returned before the check was begun: how long its rows may still take, in ms. Default: `timeouts.convergeMs`. */
  readonly settleMs?: number;
  /**
   * What the controller is known to get wrong is given a quarter of `settleMs` to come right, a tenth of what it is itself seen to catch up in, since
   * hundreds do not ask beside it then, or a tenth of the time-out where nothing is known of it: all that hangs on it is whether the list is out
   * of date.
   */
  readonly known?: boolean;
  /** There is no Ingress yet that its rows could wait for: what is known is given a quarter of `timeouts.settleMs`. */
  readonly unrouted?: boolean;
  /** The tutorial's net-test pod: the vantage inside the cluster. */
  readonly netTest: { readonly namespace: string; readonly name: string };
  /** Ends whatever the kit is doing, with the signal's reason. */
  readonly signal: AbortSignal;
  readonly record: Kit['record'];
  /** Shared probe agents, disposed of by whoever made them; a kit without makes its own. */
  readonly agents?: Agents;
  /** The line in which its probes wait for their turn at shared agents. */
  readonly line?: Line;
  /** Shared as agents are: where requests were found to be sent, by namespace and road. */
  readonly routes?: Map<string, Promise<Route>>;
}

/** Brings together what a check may use. Disposing it ends the probe agents it has made. */
export function createKit(options: KitOptions): Kit & AsyncDisposable {
  const { cluster, kube, controller: definition, settings, ground } = options;
  const { namespace } = ground;
  const signal = AbortSignal.any([options.signal, cluster.failed]);
  const agents = options.agents ?? createAgents(cluster);
  const patience = options.known ? { settle: 0.25, caughtUp: 0.1 } : { settle: 1, caughtUp: 1 };
  const knownMs = options.unrouted ? 0.25 * timeouts.settleMs : 0.1 * timeouts.convergeMs;
  const timeoutMs = options.known ? knownMs : timeouts.convergeMs;
  const netTest: Place = { kind: 'pod', ...options.netTest };
  let sentinels = 0;

  const controller: ControllerUnderTest = {
    definition,
    ingressClass: settings.ingressClass,
    namespace: settings.namespace,
    ...(settings.front !== undefined && { front: settings.front }),
    pods: async () => (settings.front ? [] : readyPods(kube, definition, settings.namespace)),
    async pool(service) {
      if (!definition.pool) {
        throw environmentError('no-pool', `${definition.title} does not show its upstream pools`, {
          next: 'let the check need the feature pool',
        });
      }
      return definition.pool(({ port, path }) => readPage(port, path), { namespace, name: service });
    },
  };

  async function probe(place: Place, request: ProbeRequest) {
    signal.throwIfAborted();
    const record = await agents.probe(place, request, options.line);
    signal.throwIfAborted(); // what was seen of a cluster that failed meanwhile is no evidence
    const { outcome } = record;
    if (outcome.kind === 'failed' && outcome.cause === 'other') {
      throw environmentError('probe-broken', `a probe from ${record.vantage} could not be made: ${outcome.message}`, {
        next: curlOf(record),
      });
    }
    return namingStrangers(record, namespace);
  }

  /** GETs a page of the controller's own from its first Ready pod. */
  async function readPage(port: number, path: string): Promise<string> {
    const [pod] = await controller.pods();
    const address = pod?.address ?? '';
    const { outcome } = await probe(netTest, { address, port, host: `${address}:${port}`, path, keptBytes: pageBytes });
    const page = `http://${address}:${port}${path}`;
    if (outcome.kind === 'failed') {
      throw environmentError('page-unreadable', `${page} of ${definition.title}: ${outcome.cause}, ${outcome.message}`);
    }
    if (outcome.status !== 200) {
      throw environmentError('page-unreadable', `${page} of ${definition.title} answered ${outcome.status}`);
    }
    if (outcome.bodyBytes > outcome.body.length) {
      const message = `${page} of ${definition.title} is too long to be read whole: ${outcome.bodyBytes} bytes`;
      throw environmentError('page-unreadable', message);
    }
    return Buffer.from(outcome.body, 'latin1').toString('utf8');
  }

  const resolve = (road: Road) => routeOf(road, { cluster, kube, controller, namespace, netTest });

  const routes = options.routes ?? new Map<string, Promise<Route>>();
  /** Sends a row of a table, finding its road anew only after a request on it has failed, or something was changed. */
  async function sendRow({ via = 'controller', host, path, method, headers }: Expectation) {
    const key = `${namespace} ${JSON.stringify(via)}`;
    const found = routes.get(key);
    const route = found ?? resolve(via);
    const forget = () => {
      if (routes.get(key) === route) routes.delete(key);
    };
    if (found === undefined) {
      routes.set(key, route);
      route.catch(forget);
    }
    const { place, address, port } = await route;
    const record = await probe(place, {
      address,
      port,
      host: host === undefined ? (options.defaultHost ?? authority(address, port)) : (host ?? undefined),
      ...(path !== undefined && { path }),
      ...(method !== undefined && { method }),
      ...(headers !== undefined && { headers }),
    });
    if (record.outcome.kind === 'failed') forget();
    return record;
  }

  const convergeRows = (rows: Expectation | readonly Expectation[], how: ConvergeOptions) =>
    converge([rows].flat() as Expectation[], how, sendRow, signal);

  return {
    namespace,
    ground,
    cluster,
    controller,
    kube,
    probe,
    resolve,
    converge: (rows, how = {}) =>
      convergeRows(rows, {
        timeoutMs,
        ...(options.settleMs !== undefined && { settleMs: patience.settle * options.settleMs, faultRate: 0.2 }),
        ...how,
      }),
    async caughtUp() {
      sentinels += 1;
      const { route, rows } = sentinel({ ...ground, name: `${ground.name}-caught-up-${sentinels}` });
      const startMs = performance.now();
      await kube.apply([route]);
      await convergeRows(rows, { timeoutMs, faultRate: 0.5 });
      return patience.caughtUp * settleMs(performance.now() - startMs);
    },
    stream: (streamOptions) => startStream(agents, streamOptions, signal),
    async change(edits) {
      const requestedAtMs = nowMs();
      await kube.patch(edits);
      const answeredAtMs = nowMs();
      routes.clear(); // it may have been the controller's own
      return { requestedAtMs, answeredAtMs };
    },
    record: options.record,
    async [Symbol.asyncDispose]() {
      if (!options.agents) await agents[Symbol.asyncDispose]();
    },
  };
}

/** What a client sends as Host where it was given only an address. */
const authority = (address: string, port: number): string => (port === 80 ? address : `${address}:${port}`);
