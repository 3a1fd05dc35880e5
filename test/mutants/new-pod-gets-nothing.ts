import { type Endpoint, keyOf } from '../../controllers/reference/program/endpoints.ts';
import { defineMutant } from '../mutant.ts';

export default defineMutant({
  name: 'new-pod-gets-nothing',
  complaint: 'The new pods are listed, yet not one request reaches them.',
  killedBy: { 'tutorial/scaling-up-grows-the-pool': /an answer of the new pod/ },
  fault: (honest) => {
    const firstTwo = new Map<string, readonly Endpoint[]>();
    return {
      choose: ({ backend, members }, turn, bound) => {
        if (!firstTwo.has(keyOf(backend)) && members.length === 2) firstTwo.set(keyOf(backend), members);
        const old = members.filter(({ address }) =>
          firstTwo.get(keyOf(backend))?.some((one) => one.address === address),
        );
        return honest.choose({ backend, members: old.length > 0 ? old : members }, turn, bound);
      },
    };
  },
});
