import { defineScenario } from '../../src/model/scenario.ts';

export default defineScenario({
  id: 'benchmark/fresh-connections',
  title: 'requests a second, each over a connection of its own',
  engine: 'open-loop',
  points: [{ name: '64 at once', profile: 'smoke', load: { kind: 'saturation' }, connections: 64, fresh: true }],
});
