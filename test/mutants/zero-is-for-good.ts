import { keyOf } from '../../controllers/reference/program/endpoints.ts';
import { defineMutant } from '../mutant.ts';

export default defineMutant({
  name: 'zero-is-for-good',
  complaint: 'We scaled to zero over the weekend, and on Monday the pods were back but the site was not.',
  killedBy: { 'backends/scaled-to-zero-and-back': /from sleeper; got status 503/ },
  fault: (honest) => {
    const served = new Set<string>();
    const given = new Set<string>();
    return {
      endpointsOf(view, backend) {
        const key = keyOf(backend);
        const now = honest.endpointsOf(view, backend);
        if (now.length > 0) served.add(key);
        else if (served.has(key)) given.add(key);
        return given.has(key) ? [] : now;
      },
    };
  },
});
