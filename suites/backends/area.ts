import { defineArea } from '../../src/kit/check.ts';

export default defineArea({
  name: 'backends',
  title: 'Back-ends and endpoints: which pods stand behind a rule, and what becomes of a request where there is none',
});
