import { defineScenario, type Profile } from '../../src/model/scenario.ts';

const point = (connections: number, profile: Profile) => ({
  name: connections === 1 ? '1 connection' : `${connections} connections`,
  profile,
  load: { kind: 'saturation' as const },
  connections,
});

export default defineScenario({
  id: 'benchmark/throughput',
  title: 'requests a second, each connection sending the next once it has the answer',
  engine: 'open-loop',
  points: [point(1, 'standard'), point(16, 'smoke'), point(64, 'smoke'), point(256, 'standard')],
});
