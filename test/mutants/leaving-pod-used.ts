import { withEndpoints } from '../altered-endpoints.ts';
import { defineMutant } from '../mutant.ts';

/** The condition `terminating`, which the reference does not read. */
const isLeaving = ({ conditions = {} }: { readonly conditions?: object }): boolean =>
  'terminating' in conditions && conditions.terminating === true;

export default defineMutant({
  name: 'leaving-pod-used',
  complaint:
    'A pod that finishes its last orders gets new ones until the moment it is gone, and takes some of them with it.',
  killedBy: { 'backends/leaving-pod-gets-nothing-new': /from trio; got status 200 from leaver/ },
  fault: (honest) => ({
    endpointsOf: (view, backend) =>
      honest.endpointsOf(
        withEndpoints(view, (endpoint) =>
          isLeaving(endpoint) ? { ...endpoint, conditions: { ready: true } } : endpoint,
        ),
        backend,
      ),
  }),
});
