import { keyOf } from '../../controllers/reference/program/endpoints.ts';
import { defineMutant } from '../mutant.ts';

export default defineMutant({
  name: 'affinity-stays-on',
  complaint: 'Once switched on, session affinity cannot be switched off again.',
  killedBy: { 'tutorial/session-affinity': /after affinity is off/ },
  fault: (honest) => {
    const everOn = new Set<string>();
    return {
      hasAffinity: (settings, backend) => {
        if (honest.hasAffinity(settings, backend)) everOn.add(keyOf(backend));
        return everOn.has(keyOf(backend));
      },
    };
  },
});
