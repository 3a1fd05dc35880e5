import { defineScenario } from '../../src/model/scenario.ts';

export default defineScenario({
  id: 'benchmark/tls-handshakes',
  title: 'full TLS handshakes a second, each with one request',
  engine: 'open-loop',
  points: [
    { name: '16 at once', profile: 'standard', load: { kind: 'saturation' }, connections: 16, fresh: true, tls: true },
  ],
});
