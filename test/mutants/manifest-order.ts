import { defineMutant } from '../mutant.ts';

export default defineMutant({
  name: 'manifest-order',
  complaint: 'Our catch-all rule stands first in the manifest, and since then nothing below it is ever reached.',
  killedBy: {
    'path/longest-path-wins': /expected status 200 from (hit|other); got status 200 from (miss|other)/,
    'path/longest-path-wins-over-types': /expected status 200 from (hit|other); got status 200 from (miss|other)/,
    'path/longest-path-wins-across-ingresses': /expected status 200 from (hit|other); got status 200 from (miss|other)/,
    'path/longer-by-a-slash-wins': /expected status 200 from hit; got status 200 from miss/,
  },
  fault: () => ({ prefer: () => 0 }),
});
