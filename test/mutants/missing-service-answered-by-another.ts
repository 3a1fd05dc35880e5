import { defineMutant } from '../mutant.ts';

export default defineMutant({
  name: 'missing-service-answered-by-another',
  complaint: 'We deleted a Service, and its address now shows somebody else’s pages.',
  killedBy: {
    'backends/missing-service-is-5xx': /from none of our back-ends; got status 200 from/,
    'backends/missing-service-leaves-other-rules': /from none of our back-ends; got status 200 from/,
  },
  fault: (honest) => ({
    endpointsOf(view, backend) {
      const { namespace, service } = backend;
      const here = view.services.filter(({ metadata }) => metadata.namespace === namespace);
      if (here.some(({ metadata }) => metadata.name === service?.name)) return honest.endpointsOf(view, backend);
      const another = here.find(({ metadata }) => metadata.name === 'hit');
      const number = another?.spec.ports?.[0]?.port;
      return another === undefined || number === undefined
        ? []
        : honest.endpointsOf(view, { namespace, service: { name: another.metadata.name, port: { number } } });
    },
  }),
});
