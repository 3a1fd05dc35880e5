import { cookieValue } from '../../controllers/reference/program/affinity.ts';
import type { Endpoint } from '../../controllers/reference/program/endpoints.ts';
import { defineMutant } from '../mutant.ts';

export default defineMutant({
  name: 'sticky-to-a-dead-pod',
  complaint: 'Customers whose pod was replaced get errors until they delete their cookies.',
  killedBy: { 'tutorial/session-affinity': /status 502/ },
  fault: (honest) => {
    const known = new Map<string, Endpoint>();
    return {
      choose: (pool, turn, bound) => {
        for (const member of pool.members) known.set(cookieValue(member), member);
        return (bound === undefined ? undefined : known.get(bound)) ?? honest.choose(pool, turn, bound);
      },
    };
  },
});
