import { defineMutant } from '../mutant.ts';

const neighbour = (namespace: string): string =>
  namespace.replace(/(host|path)$/, (area) => (area === 'host' ? 'path' : 'host'));

export default defineMutant({
  name: 'namesake-of-another-namespace',
  complaint: 'Two teams have a Service of the same name, and each is shown the other’s pages.',
  killedBy: {
    'host/port-does-not-matter': /from hit of .*-path/,
    'path/prefix-root-takes-everything': /from hit of .*-host/,
  },
  fault: (honest) => ({
    endpointsOf: (view, { namespace, service }) =>
      honest.endpointsOf(view, { namespace: neighbour(namespace), service }),
  }),
});
