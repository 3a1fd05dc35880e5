import { withEndpoints } from '../altered-endpoints.ts';
import { defineMutant } from '../mutant.ts';

export default defineMutant({
  name: 'not-ready-pod-used',
  complaint: 'A pod that says it is not ready gets requests all the same, and our visitors get its errors.',
  killedBy: {
    'backends/unready-pod-is-withdrawn': /from trio; got status 200 from waverer/,
    'nodes/one-goes-down': /from stays; got (no answer: timeout|status 50[24])/,
  },
  fault: (honest) => ({
    endpointsOf: (view, backend) =>
      honest.endpointsOf(
        withEndpoints(view, (endpoint) => ({ ...endpoint, conditions: { ready: true } })),
        backend,
      ),
  }),
});
