import { defineScenario, type Exchange, type Profile } from '../../src/model/scenario.ts';

const sizes = [
  ['1 KiB', 1024],
  ['64 KiB', 64 * 1024],
  ['1 MiB', 1024 * 1024],
] as const;

const point = (name: string, exchange: Exchange, profile: Profile) => ({
  name,
  profile,
  load: { kind: 'saturation' as const },
  connections: 16,
  exchange,
});

export default defineScenario({
  id: 'benchmark/bodies',
  title: 'requests a second with a body to carry, down or up',
  engine: 'open-loop',
  points: sizes.flatMap(([name, bytes]) => [
    point(`${name} down`, { upBytes: 0, downBytes: bytes }, 'standard'),
    point(`${name} up`, { upBytes: bytes, downBytes: 64 }, 'standard'),
  ]),
});
