import { defineArea } from '../../src/kit/check.ts';

// No default back-end here is `hit`, nor the one of the check before: a sentinel leads to `hit` too, and whoever catches its host would pass
// for it.
export default defineArea({ name: 'default-back-end', title: 'Default back-end: who takes what no rule takes' });
