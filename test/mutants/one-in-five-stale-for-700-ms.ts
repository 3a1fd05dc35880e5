import { formerRoutes } from '../former-routes.ts';
import { defineMutant } from '../mutant.ts';

export default defineMutant({
  name: 'one-in-five-stale-for-700-ms',
  complaint: 'For most of a second after a change some visitors get the new site, some the old.',
  killedBy: { 'tutorial/edited-rule-takes-effect': /the old rule/ },
  fault: () => {
    const memory = formerRoutes();
    let turn = 0;
    return {
      inForce: (latest) => {
        const { former, sinceMs } = memory(latest);
        turn += 1;
        return sinceMs < 700 && turn % 5 === 0 ? former : latest;
      },
    };
  },
});
