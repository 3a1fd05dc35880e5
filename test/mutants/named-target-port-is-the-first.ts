import { servicePortOf } from '../../controllers/reference/program/endpoints.ts';
import { defineMutant } from '../mutant.ts';

export default defineMutant({
  name: 'named-target-port-is-the-first',
  complaint: 'The Service has two ports with names for targets, and both lead to the same one.',
  killedBy: { 'backends/target-port-by-name': /from miss; got status 200 from hit/ },
  fault: (honest) => ({
    endpointsOf(view, backend) {
      const endpoints = honest.endpointsOf(view, backend);
      const target = (servicePortOf(view, backend) as { readonly targetPort?: unknown } | undefined)?.targetPort;
      const { namespace, service } = backend;
      const first = view.services.find(
        ({ metadata }) => metadata.namespace === namespace && metadata.name === service?.name,
      )?.spec.ports?.[0];
      if (typeof target !== 'string' || service === undefined || first === undefined) return endpoints;
      return honest.endpointsOf(view, { namespace, service: { ...service, port: { number: first.port } } });
    },
  }),
});
