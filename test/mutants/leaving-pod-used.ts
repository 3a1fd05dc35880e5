import { defineMutant } from '../mutant.ts';

export default defineMutant({
  name: 'leaving-pod-used',
  complaint:
    'A pod that finishes its last orders gets new ones until the moment it is gone, and takes some of them with it.',
  killedBy: { 'backends/leaving-pod-gets-nothing-new': /from trio; got status 200 from leaver/ },
  fault: (honest) => ({
    endpointsOf: (view, backend) =>
      honest.endpointsOf(
        {
          ...view,
          slices: view.slices.map(({ endpoints, ...slice }) => ({
            ...slice,
            endpoints: (endpoints ?? []).map((endpoint) => {
              // The reference does not read this one.
              const isLeaving = Object.entries(endpoint.conditions ?? {}).some(
                ([name, value]) => name === 'terminating' && value,
              );
              return isLeaving ? { ...endpoint, conditions: { ready: true } } : endpoint;
            }),
          })),
        },
        backend,
      ),
  }),
});
