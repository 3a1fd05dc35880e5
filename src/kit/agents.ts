import pLimit from 'p-limit';
import type { Cluster, Place } from '../model/cluster.ts';
import type { ProbeRecord, ProbeRequest } from '../model/probe.ts';
import { type Agent, startAgent } from './agent.ts';
import { vantageOf } from './place.ts';

/** The probe agents of a run, one for each place, started when first needed. */
export interface Agents extends AsyncDisposable {
  at(place: Place): Promise<Agent>;
  /** Sends one probe from a place, once fewer than `probesAtOnce` of its line are under way. */
  probe(place: Place, request: ProbeRequest, line?: Line): Promise<ProbeRecord>;
}

/**
 * Where a probe waits for its turn: the thousands that fill tables in a line of their own, so that they hold up nobody who has to wait for the
 * controller between one question and the next.
 */
export type Line = 'tables' | 'others';

/** More probes of a line at once would only wait for one another, within the time-out of each: some 50 checks are tried side by side. */
const probesAtOnce = 32;

/** An empty pool. An agent that has gone (its pod was deleted) is replaced at the next call. */
export function createAgents(cluster: Pick<Cluster, 'start'>): Agents {
  const agents = new Map<string, Promise<Agent>>();
  const lines = { tables: pLimit(probesAtOnce), others: pLimit(probesAtOnce) };
  const pool: Agents = {
    probe: (place, request, line = 'others') => lines[line](async () => (await pool.at(place)).probe(request)),
    at(place) {
      const key = `${vantageOf(place)} ${place.kind === 'pod' ? (place.container ?? '') : ''}`;
      const there = agents.get(key);
      if (there) return there;
      const forget = () => {
        if (agents.get(key) === agent) agents.delete(key);
      };
      const agent = startAgent(cluster, place);
      agents.set(key, agent);
      agent.then(({ gone }) => gone.addEventListener('abort', forget), forget);
      return agent;
    },
    async [Symbol.asyncDispose]() {
      const started = await Promise.allSettled(agents.values());
      agents.clear();
      await Promise.all(started.map((one) => one.status === 'fulfilled' && one.value[Symbol.asyncDispose]()));
    },
  };
  return pool;
}
