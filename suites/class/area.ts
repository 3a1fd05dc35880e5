import { defineArea } from '../../src/kit/check.ts';

export default defineArea({
  name: 'class',
  title: 'Class and status: whose an Ingress is, and where it says that it is served',
});
