import { defineScenario, type Profile } from '../../src/model/scenario.ts';

const point = (percent: number, profile: Profile) => ({
  name: `${percent} % of capacity`,
  profile,
  load: { kind: 'share' as const, ofCapacity: percent / 100 },
  connections: 256,
});

export default defineScenario({
  id: 'benchmark/latency',
  title:
    'how long an answer takes from the time its request was to be sent, at shares of what was measured to be the most',
  engine: 'open-loop',
  points: [point(10, 'standard'), point(30, 'smoke'), point(50, 'standard'), point(70, 'smoke'), point(90, 'standard')],
});
