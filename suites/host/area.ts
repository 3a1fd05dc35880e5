import { defineArea } from '../../src/kit/check.ts';

export default defineArea({ name: 'host', title: 'Host: which hosts a rule takes' });
