import { defineEngine } from '../../src/model/load.ts';
import { refusal } from './refusal.ts';

export default defineEngine({
  name: 'open-loop',
  summary:
    'Ours: requests at times fixed beforehand, each answer verified, latency from the time a request was to be sent',
  answers: ['throughput', 'latency'],
  programs: [],
  module: 'load/open-loop/main.ts',
  // A sender that goes before all that is ordinary would wait for threads that collect its garbage, and let none of them run.
  nodeOptions: ['--single-threaded-gc'],
  refuses: refusal,
});
