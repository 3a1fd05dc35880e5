import { defineMutant } from '../mutant.ts';

export default defineMutant({
  name: 'port-number-ignored',
  complaint: 'Whatever port we write into the rule, it is the Service’s first that answers.',
  killedBy: { 'backends/service-port-by-number': /from miss; got status 200 from hit/ },
  fault: (honest) => ({
    endpointsOf(view, backend) {
      const { namespace, service } = backend;
      if (service?.port.number === undefined) return honest.endpointsOf(view, backend);
      const object = view.services.find(
        ({ metadata }) => metadata.namespace === namespace && metadata.name === service.name,
      );
      const number = object?.spec.ports?.[0]?.port ?? service.port.number;
      return honest.endpointsOf(view, { namespace, service: { ...service, port: { number } } });
    },
  }),
});
