import { defineArea } from '../../src/kit/check.ts';

// No default back-end here is `hit`, nor the one of the check before: `hit` is where sentinels lead, and whoever catches their hosts
// would pass for them.
export default defineArea({ name: 'default-back-end', title: 'Default back-end: who takes what no rule takes' });
