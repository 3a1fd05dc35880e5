import type { Slow } from '../slow.ts';

const delayMs = 200;

export default {
  name: 'answers-after-200-ms',
  parts: (honest) => ({
    guard: (proxy) => {
      const serve = honest.guard(proxy);
      return (request, response) => {
        setTimeout(() => serve(request, response), delayMs);
      };
    },
  }),
} satisfies Slow;
