import type { LoadFailure, LoadOrder } from '../../src/model/load.ts';
import type { LoggedAnswers } from './request-log.ts';

/** What h2load has said and done. */
export interface Seen {
  readonly answers: LoggedAnswers;
  readonly stdout: string;
  readonly stderr: string;
  /** When its time was over at the earliest, in ms since 1970. */
  readonly endsAtMs: number;
  /** Open just before its end: h2load does not replace one that breaks, and says nothing of it. */
  readonly connections: number;
}

/** Counts by cause, as far as h2load tells: what became of a connection that broke off it does not say. */
export function count(order: LoadOrder, { answers, stdout, stderr, endsAtMs, connections }: Seen) {
  const { status: wanted, bodyBytes } = order.targets[0]?.expect ?? { status: 200 };
  const of = (statuses: ReadonlyMap<number, number>, cause: (status: number) => boolean) =>
    [...statuses].reduce((sum, [status, times]) => sum + (status !== wanted && cause(status) ? times : 0), 0);
  const { statuses } = answers;
  const answered = statuses.get(wanted) ?? 0;
  const malformed = stderr.match(/parse error/g)?.length ?? 0;
  const lost = Math.max(0, order.connections - connections);
  const silent = endsAtMs - (answers.lastAtMs ?? 0) >= order.timeoutMs;
  const failures: Partial<Record<LoadFailure, number>> = {
    reset: of(statuses, (status) => status < 0),
    timeout: silent ? connections * (order.streams ?? 1) : 0,
    malformed,
    'status-4xx': of(statuses, (status) => status >= 400 && status < 500),
    'status-5xx': of(statuses, (status) => status >= 500),
    'wrong-status': of(statuses, (status) => status >= 0 && status < 400),
    unclassified: Math.max(0, lost - malformed),
  };
  const failed = Object.values(failures).reduce((sum, times) => sum + times, 0);
  return {
    ...(answers.firstAtMs !== undefined && { measuredFromMs: answers.firstAtMs }),
    offered: answered + failed,
    answered,
    failures: Object.fromEntries(Object.entries(failures).filter(([, times]) => times > 0)),
    // Where it had to be ended it has not said: then it is the bodies alone.
    bytesReceived: Number(/^traffic: \S+ \((\d+)\) total/m.exec(stdout)?.[1] ?? answered * (bodyBytes ?? 0)),
    connectionsOpened: order.connections,
    seconds: answers.seconds.map((second) => {
      const right = second.get(wanted) ?? 0;
      const wrong = of(second, () => true);
      return { offered: right + wrong, answered: right, failed: wrong };
    }),
  };
}
