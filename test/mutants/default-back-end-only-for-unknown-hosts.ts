import { defineMutant } from '../mutant.ts';

export default defineMutant({
  name: 'default-back-end-only-for-unknown-hosts',
  complaint: 'Our default page shows for unknown hosts; on our own sites a wrong path is a bare 404.',
  killedBy: {
    'default-back-end/takes-unknown-path': /200 from other; got status 404 from none/,
    'default-back-end/beside-rules-takes-the-rest': /200 from miss; got status 404 from none/,
  },
  fault: (honest) => ({
    fallback: (table, host) => {
      const isKnown = table.routes.some((route) => route.host !== undefined && honest.matchesHost(route.host, host));
      return isKnown ? undefined : honest.fallback(table, host);
    },
  }),
});
