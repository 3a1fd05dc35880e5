import type { Ingress } from '../../controllers/reference/program/objects.ts';
import type { RouteTable } from '../../controllers/reference/program/route-table.ts';
import { defineMutant } from '../mutant.ts';

const ageOf = ({ metadata }: Ingress): string => `${metadata.creationTimestamp} ${metadata.namespace}/${metadata.name}`;

export default defineMutant({
  name: 'older-ingress-first',
  complaint: 'My team’s page is below another team’s prefix; since their Ingress is older, they get our visitors.',
  killedBy: {
    'path/longest-path-wins-across-ingresses': /expected status 200 from (hit|other); got status 200 from (miss|other)/,
    'path/exact-beats-prefix-across-ingresses': /expected status 200 from hit; got status 200 from miss/,
  },
  fault: ({ configure, findBackend }) => {
    const byAge = new WeakMap<RouteTable, readonly RouteTable[]>();
    return {
      configure(view, ownClass, parts) {
        const configuration = configure(view, ownClass, parts);
        const ingresses = [...view.ingresses].sort((a, b) => (ageOf(a) < ageOf(b) ? -1 : 1));
        const tables = ingresses.map((one) => configure({ ...view, ingresses: [one] }, ownClass, parts).table);
        byAge.set(configuration.table, tables);
        return configuration;
      },
      findBackend(table, target, parts) {
        for (const one of byAge.get(table) ?? []) {
          const backend = findBackend(one, target, parts);
          if (backend !== undefined) return backend;
        }
        return undefined;
      },
    };
  },
});
