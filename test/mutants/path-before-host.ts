import { defineMutant } from '../mutant.ts';

export default defineMutant({
  name: 'path-before-host',
  complaint: 'Our site bar.foo.com lost its page /news the day that *.foo.com got one.',
  killedBy: {
    'host/precise-host-beats-longer-path': /200 from hit; got status 200 from miss/,
  },
  fault: (honest) => ({
    closeness: () => 0,
    prefer: (a, b) => honest.prefer(a, b) || honest.closeness(b.host) - honest.closeness(a.host),
  }),
});
