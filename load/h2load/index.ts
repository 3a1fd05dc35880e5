import { defineEngine } from '../../src/model/load.ts';
import { refuses } from './refuses.ts';

export default defineEngine({
  name: 'h2load',
  summary: 'closed loop by h2load, a cross-check: throughput over HTTP/2 and HTTP/1.1, statuses verified; no latency',
  answers: ['throughput'],
  programs: ['h2load'],
  verifies: ['status'],
  module: 'load/h2load/main.ts',
  refuses,
});
