import type { Slow } from '../slow.ts';

const delayMs = 5000;

export default {
  name: 'in-force-after-5-s',
  parts: (honest) => ({
    // Timers of one length end in the order they were set in.
    putInForce: (learnt, put) => {
      setTimeout(() => honest.putInForce(learnt, put), delayMs);
    },
  }),
} satisfies Slow;
