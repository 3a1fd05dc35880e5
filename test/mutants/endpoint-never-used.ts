import { defineMutant } from '../mutant.ts';

export default defineMutant({
  name: 'endpoint-never-used',
  complaint: 'We pay for two pods; one is listed but idle.',
  killedBy: {
    'tutorial/pool-holds-pod-addresses': /no answer from/,
    'backends/every-ready-endpoint-serves': /an answer of each of .*; got none of/,
  },
  fault: (honest) => ({
    choose: (pool, turn, bound) =>
      honest.choose({ ...pool, members: pool.members.length > 1 ? pool.members.slice(1) : pool.members }, turn, bound),
  }),
});
