import { defineMutant } from '../mutant.ts';

export default defineMutant({
  name: 'service-address',
  complaint:
    'The pools show one address, the Service’s: affinity and fair balancing are out of the controller’s hands.',
  killedBy: { 'tutorial/pool-holds-pod-addresses': /the pool of backend-svc-1 to be/ },
  fault: () => ({
    endpointsOf: ({ services }, { namespace, service }) => {
      const object = services.find(
        ({ metadata }) => metadata.name === service?.name && metadata.namespace === namespace,
      );
      const [port] = object?.spec.ports ?? [];
      return port === undefined ? [] : [{ address: object?.spec.clusterIP ?? '', port: port.port }];
    },
  }),
});
