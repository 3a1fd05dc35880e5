import { defineArea } from '../../src/kit/check.ts';

export default defineArea({
  name: 'nodes',
  title: 'Nodes: what becomes of traffic when one of several goes down',
});
