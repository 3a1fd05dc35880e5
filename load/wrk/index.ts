import { defineEngine } from '../../src/model/load.ts';
import { refuses } from './refuses.ts';

export default defineEngine({
  name: 'wrk',
  summary:
    'closed loop by wrk, a cross-check: throughput over HTTP/1.1, every answer verified; no latency, since no rate is held',
  answers: ['throughput'],
  programs: ['wrk'],
  module: 'load/wrk/main.ts',
  refuses,
});
