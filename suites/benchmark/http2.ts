import { defineScenario } from '../../src/model/scenario.ts';

export default defineScenario({
  id: 'benchmark/http2',
  title: 'requests a second over HTTP/2 and TLS, many at once on each connection',
  engine: 'open-loop',
  points: [
    {
      name: '4 connections of 16 streams',
      profile: 'standard',
      load: { kind: 'saturation' },
      connections: 4,
      tls: true,
      h2: { streams: 16 },
    },
  ],
});
