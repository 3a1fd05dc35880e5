import { cookieValue } from '../../controllers/reference/program/affinity.ts';
import { keyOf } from '../../controllers/reference/program/endpoints.ts';
import { defineMutant } from '../mutant.ts';

export default defineMutant({
  name: 'sticky-until-the-pool-grows',
  complaint: 'Whenever a pod is added, customers are moved and have to log in again.',
  killedBy: { 'tutorial/session-affinity': /requests to reach/ },
  fault: (honest) => {
    const sizes = new Map<string, number>();
    let moved: Set<string> | undefined;
    return {
      choose: (pool, turn, bound) => {
        const before = sizes.get(keyOf(pool.backend)) ?? pool.members.length;
        sizes.set(keyOf(pool.backend), pool.members.length);
        if (pool.members.length > before) moved = new Set();
        const its = honest.choose(pool, turn, bound);
        if (bound === undefined || moved === undefined || moved.has(bound)) return its;
        const other = pool.members.find((member) => member !== its) ?? its;
        moved.add(bound);
        if (other !== undefined) moved.add(cookieValue(other));
        return other;
      },
    };
  },
});
