import type { Engine, LoadOrder, LoadTarget } from '../../model/load.ts';
import type { ScenarioPoint } from '../../model/scenario.ts';

/** The way in to one side: the controller's front, or the back-ends' own. */
export interface Entry {
  readonly address: string;
  readonly http: number;
  /** Absent where nothing there speaks TLS. */
  readonly https?: number | undefined;
}

/** What all orders of a run share. */
export type OrderTerms = Pick<LoadOrder, 'warmUpMs' | 'durationMs' | 'seed' | 'threads' | 'programs' | 'programEnv'>;

/** A request without its whole answer after this has failed. */
export const requestTimeoutMs = 10_000;

/** The body of an answer that carries none to speak of. */
const plainBytes = 64;

/** What a point asks of a host, and what has to come back. */
export function targetOf(point: ScenarioPoint, entry: Entry, host: string): LoadTarget {
  const { upBytes, downBytes } = point.exchange ?? { upBytes: 0, downBytes: plainBytes };
  const tls = point.tls === true;
  const path = upBytes > 0 ? '/upload/' : downBytes === plainBytes ? '/' : `/bytes/${downBytes}`;
  return {
    name: point.routes === undefined ? 'route' : `${point.routes.ask}-route`,
    address: entry.address,
    port: (tls ? entry.https : entry.http) ?? 0,
    ...(tls && { tls }),
    host,
    path,
    ...(upBytes > 0 && { method: 'POST', bodyBytes: upBytes }),
    expect: { status: 200, bodyBytes: upBytes > 0 ? plainBytes : downBytes, servedBy: ['x-load-back-end', 'load'] },
  };
}

/** The order for one run of an engine; `rateRps` where the point has a rate. */
export const orderOf = (
  { arrivals = 'poisson' }: Pick<Engine, 'arrivals'>,
  point: ScenarioPoint,
  target: LoadTarget,
  rateRps: number | undefined,
  terms: OrderTerms,
): LoadOrder => ({
  shape: rateRps === undefined ? { kind: 'saturation' } : { kind: 'rate', rateRps, arrivals },
  targets: [target],
  connections: point.connections,
  connectionUse: point.fresh ? 'fresh' : 'keep-alive',
  protocol: point.h2 === undefined ? 'http/1.1' : 'h2',
  ...(point.h2 !== undefined && { streams: point.h2.streams }),
  timeoutMs: requestTimeoutMs,
  ...terms,
});
