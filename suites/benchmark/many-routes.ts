import { defineScenario, type Profile } from '../../src/model/scenario.ts';

const points = (count: number, profile: Profile) =>
  (['first', 'last'] as const).map((ask) => ({
    name: `${count} Ingresses, the ${ask} asked`,
    profile,
    load: { kind: 'saturation' as const },
    connections: 16,
    routes: { count, ask },
  }));

export default defineScenario({
  id: 'benchmark/many-routes',
  title:
    'many Ingresses: how long until all are served, what they take, and whether the last costs more than the first',
  engine: 'open-loop',
  points: [...points(100, 'standard'), ...points(1000, 'standard'), ...points(5000, 'publish')],
});
