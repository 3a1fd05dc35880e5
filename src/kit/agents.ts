import type { Cluster, Place } from '../model/cluster.ts';
import { type Agent, startAgent } from './agent.ts';
import { vantageOf } from './place.ts';

/** The probe agents of a run, one for each place, started when first needed. */
export interface Agents extends AsyncDisposable {
  at(place: Place): Promise<Agent>;
}

/** An empty pool. An agent that has gone (its pod was deleted) is replaced at the next call. */
export function createAgents(cluster: Pick<Cluster, 'start'>): Agents {
  const agents = new Map<string, Promise<Agent>>();
  return {
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
}
