import { defineMutant } from '../mutant.ts';

export default defineMutant({
  name: 'string-prefix',
  complaint: 'Since /eightyeighty has a rule, our page /eightyeightyeight shows the wrong web server.',
  killedBy: {
    'path/prefix-is-element-wise': /status 200 from hit/,
    'path/prefix-is-no-string-prefix': /expected status 200 from miss; got status 200 from (hit|other)/,
    'tutorial/path-is-matched-by-elements': /status 200 from deploy-test-[12]/,
  },
  fault: () => ({ matchesPath: ({ path = '/' }, given) => given.startsWith(path) }),
});
