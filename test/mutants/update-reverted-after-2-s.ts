import { formerRoutes } from '../former-routes.ts';
import { defineMutant } from '../mutant.ts';

export default defineMutant({
  name: 'update-reverted-after-2-s',
  complaint: 'The new site came up, and two seconds later the old one was back.',
  killedBy: { 'tutorial/edited-rule-takes-effect': /answers in a row from deploy-test-\d after the edit/ },
  fault: () => {
    const memory = formerRoutes();
    return {
      inForce: (latest) => {
        const { former, sinceMs } = memory(latest);
        return sinceMs > 2000 && sinceMs < 1e9 ? former : latest;
      },
    };
  },
});
