import { defineMutant } from '../mutant.ts';

export default defineMutant({
  name: 'path-ignored',
  complaint: 'Whatever path I ask website.com for, the same web server answers.',
  killedBy: {
    'tutorial/path-reaches-its-service': /from deploy-test-1/,
    'tutorial/unmatched-reaches-default-back-end': /status 200 from deploy-test-1/,
  },
  fault: () => ({ matchesPath: () => true }),
});
