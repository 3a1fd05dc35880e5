import type { Route } from '../../controllers/reference/program/route-table.ts';
import { defineMutant } from '../mutant.ts';

export default defineMutant({
  name: 'prefix-before-exact',
  complaint: 'No Exact rule is ever used as long as there is any Prefix rule that takes the request.',
  killedBy: {
    'path/longest-path-wins-over-types': /expected status 200 from hit; got status 200 from (miss|other)/,
  },
  fault: ({ prefer }) => {
    const isExact = ({ pathType }: Route) => Number(pathType === 'Exact');
    return { prefer: (a, b) => isExact(a) - isExact(b) || prefer(a, b) };
  },
});
