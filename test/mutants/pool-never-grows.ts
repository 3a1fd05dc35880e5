import type { Endpoint } from '../../controllers/reference/program/endpoints.ts';
import { defineMutant } from '../mutant.ts';

export default defineMutant({
  name: 'pool-never-grows',
  complaint: 'We doubled the pods at the peak, and the two old ones went on sweating alone.',
  killedBy: { 'tutorial/scaling-up-grows-the-pool': /four members in the pool/ },
  fault: (honest) => {
    const firstTwo = new Map<string, readonly Endpoint[]>();
    return {
      endpointsOf: (view, backend) => {
        const key = `${backend.namespace}/${backend.service?.name}`;
        const now = honest.endpointsOf(view, backend);
        const frozen = firstTwo.get(key);
        if (frozen === undefined && now.length === 2) firstTwo.set(key, now);
        const left = now.filter(({ address }) => frozen?.some((old) => old.address === address));
        return left.length > 0 ? left : now;
      },
    };
  },
});
