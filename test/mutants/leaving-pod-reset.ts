import { defineMutant } from '../mutant.ts';

const resetsMs = 300;

export default defineMutant({
  name: 'leaving-pod-reset',
  complaint: 'Whenever a pod leaves, the requests that it still serves are cut off.',
  killedBy: { 'tutorial/scaling-down-loses-no-request': /reset|closed/ },
  fault: () => {
    let members = '';
    let count = 0;
    let shrankAtMs = Number.NEGATIVE_INFINITY;
    let turn = 0;
    return {
      inForce: (latest) => {
        const all = [...latest.pools.values()].flatMap((pool) => pool.members.map(({ address }) => address));
        const now = all.join(' ');
        if (now !== members && all.length < count) shrankAtMs = performance.now();
        members = now;
        count = all.length;
        return latest;
      },
      guard: (proxy) => (request, response) => {
        turn += 1;
        const cutOff = turn % 4 === 0 && performance.now() - shrankAtMs < resetsMs;
        if (cutOff) request.socket.resetAndDestroy();
        else proxy(request, response);
      },
    };
  },
});
