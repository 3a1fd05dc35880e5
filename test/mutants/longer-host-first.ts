import { defineMutant } from '../mutant.ts';

export default defineMutant({
  name: 'longer-host-first',
  complaint: 'Since there is a rule for *.foo.com, m.foo.com shows the wrong site; mobile.foo.com does not.',
  killedBy: {
    'host/short-host-beats-wildcard': /200 from hit; got status 200 from miss/,
  },
  fault: () => ({ closeness: (rule) => rule?.length ?? 0 }),
});
