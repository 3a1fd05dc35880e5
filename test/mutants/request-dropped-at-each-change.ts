import { formerRoutes } from '../former-routes.ts';
import { defineMutant } from '../mutant.ts';

export default defineMutant({
  name: 'request-dropped-at-each-change',
  complaint: 'With each deployment of a rule a visitor or two sees a broken page.',
  killedBy: { 'tutorial/edited-rule-takes-effect': /reset|closed/ },
  fault: () => {
    const memory = formerRoutes();
    let changed = false;
    let before: unknown;
    return {
      inForce: (latest) => {
        const { former } = memory(latest);
        if (former !== latest && former !== before) changed = true;
        before = former;
        return latest;
      },
      guard: (proxy) => (request, response) => {
        if (changed) {
          changed = false;
          request.socket.resetAndDestroy();
        } else proxy(request, response);
      },
    };
  },
});
