import type { Fallback } from '../../controllers/reference/program/route-table.ts';
import { defineMutant } from '../mutant.ts';

export default defineMutant({
  name: 'default-back-end-only-for-its-hosts',
  complaint: 'Visitors of a host that we have no rule for get 404 rather than our default page.',
  killedBy: {
    'default-back-end/beside-rules-takes-the-rest': /200 from miss; got status 404 from none/,
  },
  fault: (honest) => ({
    fallback: ({ routes, fallbacks }, host) => {
      const takes = ({ hosts }: Fallback) => hosts.length === 0 || hosts.some((rule) => honest.matchesHost(rule, host));
      return honest.fallback({ routes, fallbacks: fallbacks.filter(takes) }, host);
    },
  }),
});
