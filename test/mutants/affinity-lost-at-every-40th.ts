import { defineMutant } from '../mutant.ts';

export default defineMutant({
  name: 'affinity-lost-at-every-40th',
  complaint: 'Once in a while a customer is logged out for no reason.',
  killedBy: { 'tutorial/session-affinity': /requests to reach/ },
  fault: (honest) => {
    let bounds = 0;
    return {
      choose: (pool, turn, bound) => {
        if (bound !== undefined) bounds += 1;
        const lost = bound !== undefined && bounds % 40 === 0;
        if (!lost) return honest.choose(pool, turn, bound);
        const its = honest.choose(pool, turn, bound);
        return pool.members.find((member) => member !== its) ?? its;
      },
    };
  },
});
