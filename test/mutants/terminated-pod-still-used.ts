import type { Endpoint } from '../../controllers/reference/program/endpoints.ts';
import { defineMutant } from '../mutant.ts';

export default defineMutant({
  name: 'terminated-pod-still-used',
  complaint: 'After each scale-down a part of our visitors gets 502.',
  killedBy: {
    'tutorial/scaling-down-loses-no-request': /status 502/,
    'backends/scaled-to-zero-and-back': /from sleeper; got status 502/,
  },
  fault: (honest) => {
    const everSeen = new Map<string, readonly Endpoint[]>();
    return {
      endpointsOf: (view, backend) => {
        const key = `${backend.namespace}/${backend.service?.name}`;
        const before = everSeen.get(key) ?? [];
        const now = honest.endpointsOf(view, backend);
        const fresh = now.filter(({ address }) => !before.some((old) => old.address === address));
        const all = [...before, ...fresh];
        everSeen.set(key, all);
        return all;
      },
    };
  },
});
