import { defineEngine } from '../../src/model/load.ts';
import { refuses } from './refuses.ts';

export default defineEngine({
  name: 'autocannon',
  summary:
    'closed loop by autocannon: throughput at saturation; never a latency, since its correction for what it did not send is wrong',
  answers: ['throughput'],
  programs: [],
  module: 'load/autocannon/main.ts',
  packages: ['autocannon'],
  refuses,
});
