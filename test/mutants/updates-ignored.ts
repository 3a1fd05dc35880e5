import type { Configuration } from '../../controllers/reference/program/configuration.ts';
import type { Route } from '../../controllers/reference/program/route-table.ts';
import { defineMutant } from '../mutant.ts';

const nameOf = ({ host, path }: Route): string => `${host}${path}`;

export default defineMutant({
  name: 'updates-ignored',
  complaint: 'I moved the site to the new Service; only a restart of the controller made it so.',
  killedBy: { 'tutorial/edited-rule-takes-effect': /answers in a row from deploy-test-\d after the edit/ },
  fault: () => {
    const first = new Map<string, Route>();
    return {
      inForce: (latest): Configuration => {
        for (const route of latest.table.routes) if (!first.has(nameOf(route))) first.set(nameOf(route), route);
        const routes = latest.table.routes.map((route) => first.get(nameOf(route)) ?? route);
        return { ...latest, table: { ...latest.table, routes } };
      },
    };
  },
});
