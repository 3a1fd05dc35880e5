import { type GuardRule, grouped, share } from './guard.ts';

const mostKept = 0.8;

/** There were ports to connect from: closed connections keep theirs for a minute. */
export const sockets: GuardRule = {
  name: 'ports',
  about: 'instrument',
  look({ result, sockets: seen }) {
    const refused = result.failures['no-socket'] ?? 0;
    if (refused > 0)
      return { held: false, text: `${grouped(refused)} times no socket could be had (EADDRNOTAVAIL, EMFILE)` };
    if (seen === undefined) return { held: true, text: 'a socket whenever one was wanted' };
    return {
      held: seen.timeWait <= mostKept * seen.ports,
      text: `${grouped(seen.timeWait)} ports in TIME_WAIT of ${grouped(seen.ports)}, at most ${share(mostKept)}`,
    };
  },
};
