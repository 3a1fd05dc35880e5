import { defineMutant } from '../mutant.ts';

export default defineMutant({
  name: 'affinity-to-one-pod',
  complaint: 'With session affinity on, all customers are on one pod and the other idles.',
  killedBy: { 'tutorial/session-affinity': /all on deploy-test-1/ },
  fault: (honest) => {
    let isOn = false;
    return {
      hasAffinity: (settings, backend) => {
        const on = honest.hasAffinity(settings, backend);
        if (backend.service?.name === 'backend-svc-1') isOn = on;
        return on;
      },
      choose: (pool, turn, bound) => honest.choose(pool, isOn ? 0 : turn, bound),
    };
  },
});
