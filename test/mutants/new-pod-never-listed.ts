import { defineMutant } from '../mutant.ts';

export default defineMutant({
  name: 'new-pod-never-listed',
  complaint: 'Four pods serve, the status page knows of two.',
  killedBy: { 'tutorial/scaling-up-grows-the-pool': /four members in the pool/ },
  fault: (honest) => ({
    statusPage: (response, { pools, ...rest }) =>
      honest.statusPage(response, {
        ...rest,
        pools: new Map([...pools].map(([key, pool]) => [key, { ...pool, members: pool.members.slice(0, 2) }])),
      }),
  }),
});
