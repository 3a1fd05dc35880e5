import { defineMutant } from '../mutant.ts';

export default defineMutant({
  name: 'named-port-is-the-first',
  complaint: 'The rule names the admin port, and visitors land in the shop.',
  killedBy: { 'backends/service-port-by-name': /from miss; got status 200 from hit/ },
  fault: (honest) => ({
    endpointsOf(view, backend) {
      const { namespace, service } = backend;
      if (service?.port.name === undefined) return honest.endpointsOf(view, backend);
      const object = view.services.find(
        ({ metadata }) => metadata.namespace === namespace && metadata.name === service.name,
      );
      const number = object?.spec.ports?.[0]?.port;
      return number === undefined
        ? []
        : honest.endpointsOf(view, { namespace, service: { ...service, port: { number } } });
    },
  }),
});
