import { defineMutant } from '../mutant.ts';

export default defineMutant({
  name: 'all-from-one-back-end',
  complaint: 'Whatever I ask for, by whatever name, the same application answers.',
  killedBy: {
    'path/prefix-is-element-wise': /status 200 from (hit|miss|other)/,
    'host/never-from-anothers-back-end': /status 200 from (hit|miss|other)/,
  },
  fault: () => ({ findBackend: ({ routes }) => routes[0]?.backend }),
});
