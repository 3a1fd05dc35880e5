import { defineArea } from '../../src/kit/check.ts';

export default defineArea({
  name: 'path',
  title: 'Path: which rule takes a request, and what its back-end gets to see',
});
