import { defineMutant } from '../mutant.ts';

export default defineMutant({
  name: 'other-namespaces-reachable',
  complaint: 'A tenant has put the name of our Service into his Ingress, and serves our data.',
  killedBy: { 'backends/own-namespace-only': /from none of our back-ends; got status 200 from other/ },
  fault: (honest) => ({
    endpointsOf(view, backend) {
      const { namespace, service } = backend;
      const homes = view.services.filter(({ metadata }) => metadata.name === service?.name);
      const isHere = homes.some(({ metadata }) => metadata.namespace === namespace);
      if (isHere) return honest.endpointsOf(view, backend);
      return homes.flatMap(({ metadata }) =>
        honest.endpointsOf(view, { namespace: metadata.namespace ?? '', service }),
      );
    },
  }),
});
