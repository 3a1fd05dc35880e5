import { withEndpoints } from '../altered-endpoints.ts';
import { defineMutant } from '../mutant.ts';

export default defineMutant({
  name: 'not-ready-pod-used',
  complaint: 'A pod that says it is not ready gets requests all the same, and our visitors get its errors.',
  killedBy: { 'backends/unready-pod-is-withdrawn': /from trio; got status 200 from waverer/ },
  fault: (honest) => ({
    endpointsOf: (view, backend) =>
      honest.endpointsOf(
        withEndpoints(view, (endpoint) => ({ ...endpoint, conditions: { ready: true } })),
        backend,
      ),
  }),
});
