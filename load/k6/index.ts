import { defineEngine } from '../../src/model/load.ts';
import { distributed } from './distributed.ts';
import { refuses } from './refuses.ts';

export default defineEngine({
  name: 'k6',
  summary: 'open loop by k6: latency at a constant rate, from when a request is sent; here, or in pods by its operator',
  answers: ['latency'],
  arrivals: 'constant',
  programs: ['k6'],
  module: 'load/k6/main.ts',
  packages: ['hdr-histogram-js'],
  refuses,
  distributed,
});
