import { defineMutant } from '../mutant.ts';

export default defineMutant({
  name: 'pool-not-listed',
  complaint: 'The status page shows pools without a single member, though they serve.',
  killedBy: { 'tutorial/pool-holds-pod-addresses': /the pool of backend-svc-1 to be/ },
  fault: (honest) => ({
    statusPage: (response, { pools, ...rest }) =>
      honest.statusPage(response, {
        ...rest,
        pools: new Map([...pools].map(([key, pool]) => [key, { ...pool, members: [] }])),
      }),
  }),
});
