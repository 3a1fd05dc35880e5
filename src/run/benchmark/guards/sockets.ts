import { type GuardRule, grouped, share, unknown } from './guard.ts';

const mostKept = 0.8;

/** There were ports to connect from: closed connections keep theirs for a minute. */
export const sockets: GuardRule = {
  name: 'ports',
  about: 'instrument',
  look({ result, sockets: seen }) {
    const refused = result.failures['no-socket'] ?? 0;
    if (refused > 0)
      return { held: false, text: `${grouped(refused)} times no socket could be had (EADDRNOTAVAIL, EMFILE)` };
    if (seen === undefined) return unknown('how many ports are in TIME_WAIT');
    return {
      held: seen.timeWait <= mostKept * seen.ports,
      text: `${grouped(seen.timeWait)} ports in TIME_WAIT of ${grouped(seen.ports)}, at most ${share(mostKept)}`,
    };
  },
};
