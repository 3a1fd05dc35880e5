import pLimit from 'p-limit';
import type { Cluster, Place } from '../model/cluster.ts';
import type { ProbeRecord, ProbeRequest } from '../model/probe.ts';
import { type Agent, startAgent } from './agent.ts';
import { vantageOf } from './place.ts';

/** The probe agents of a run, one for each place, started when first needed. */
export interface Agents extends AsyncDisposable {
  at(place: Place): Promise<Agent>;
  /** Sends one probe from a place, once fewer than `probesAtOnce` are under way. */
  probe(place: Place, request: ProbeRequest): Promise<ProbeRecord>;
}

/** More probes at once would only wait for one another, within the time-out of each: some 50 checks are tried side by side. */
const probesAtOnce = 32;

/** An empty pool. An agent that has gone (its pod was deleted) is replaced at the next call. */
export function createAgents(cluster: Pick<Cluster, 'start'>): Agents {
  const agents = new Map<string, Promise<Agent>>();
  const turn = pLimit(probesAtOnce);
  const pool: Agents = {
    probe: (place, request) => turn(async () => (await pool.at(place)).probe(request)),
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
