import { defineArea } from '../../src/kit/check.ts';

export default defineArea({ name: 'default-back-end', title: 'Default back-end: who takes what no rule takes' });
