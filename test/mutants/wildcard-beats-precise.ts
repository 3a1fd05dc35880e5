import { defineMutant } from '../mutant.ts';

export default defineMutant({
  name: 'wildcard-beats-precise',
  complaint: 'The site bar.foo.com has a rule of its own, yet its visitors land where *.foo.com leads.',
  killedBy: {
    'host/precise-host-beats-wildcard': /200 from hit; got status 200 from miss/,
    'host/short-host-beats-wildcard': /200 from hit; got status 200 from miss/,
    'host/precise-host-beats-longer-path': /200 from hit; got status 200 from miss/,
  },
  fault: (honest) => ({
    closeness: (rule) => (rule?.startsWith('*.') ? 3 : honest.closeness(rule)),
  }),
});
