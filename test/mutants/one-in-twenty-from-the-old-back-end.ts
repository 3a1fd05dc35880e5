import { formerRoutes } from '../former-routes.ts';
import { defineMutant } from '../mutant.ts';

export default defineMutant({
  name: 'one-in-twenty-from-the-old-back-end',
  complaint: 'Long after the change, one page in twenty is still the old one.',
  killedBy: { 'tutorial/edited-rule-takes-effect': /answers in a row from deploy-test-\d after the edit/ },
  fault: () => {
    const memory = formerRoutes();
    return {
      inForce: (latest) => {
        const { former } = memory(latest);
        return Math.random() < 0.05 ? former : latest;
      },
    };
  },
});
