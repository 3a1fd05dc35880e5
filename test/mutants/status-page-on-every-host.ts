import { defineMutant } from '../mutant.ts';

export default defineMutant({
  name: 'status-page-on-every-host',
  complaint: 'Anyone on the Internet can read our pools below /nginx_status.',
  killedBy: { 'tutorial/status-page-is-not-exposed': /status 200 from none of our back-ends/ },
  fault: (honest) => ({
    guard: (proxy) => (request, response) => {
      if (request.url === '/nginx_status')
        honest.statusPage(response, { table: { routes: [], fallbacks: [] }, pools: new Map(), sticky: new Set() });
      else proxy(request, response);
    },
  }),
});
