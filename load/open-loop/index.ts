import { defineEngine } from '../../src/model/load.ts';
import { refusal } from './refusal.ts';

export default defineEngine({
  name: 'open-loop',
  summary:
    'Ours: requests at times fixed beforehand, each answer verified, latency from the time a request was to be sent',
  answers: ['throughput', 'latency'],
  programs: [],
  module: 'load/open-loop/main.ts',
  refuses: refusal,
});
