import { defineMutant } from '../mutant.ts';

export default defineMutant({
  name: 'first-slice-only',
  complaint: 'We have 150 pods, and 50 of them never see a request.',
  killedBy: { 'backends/slices-are-all-read': /an answer of each of .*; got none of/ },
  fault: (honest) => ({
    endpointsOf(view, backend) {
      const its = view.slices.filter(
        ({ metadata }) =>
          metadata.namespace === backend.namespace &&
          metadata.labels?.['kubernetes.io/service-name'] === backend.service?.name,
      );
      const [first] = [...its].sort((a, b) => (a.metadata.name < b.metadata.name ? -1 : 1));
      return honest.endpointsOf({ ...view, slices: first === undefined ? [] : [first] }, backend);
    },
  }),
});
