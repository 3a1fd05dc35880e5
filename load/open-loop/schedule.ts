import type { LoadShape } from '../../src/model/load.ts';
import { seededRandom } from '../../src/stats/random.ts';

/** Gives the times at which requests are to be sent, one after the other, in µs from the start of the load. */
export type Schedule = () => number;

export interface ScheduleOptions {
  readonly rateRps: number;
  readonly arrivals: Extract<LoadShape, { kind: 'rate' }>['arrivals'];
  /** Where in the first gap a constant schedule begins, 0 to 1: schedules side by side are then one of even gaps. */
  readonly phase: number;
  readonly seed: number;
}

/** Times fixed beforehand: nothing that comes back moves them. They are made when they are asked for, so a backlog takes no memory. */
export function schedule({ rateRps, arrivals, phase, seed }: ScheduleOptions): Schedule {
  const gapUs = 1_000_000 / rateRps;
  if (arrivals === 'constant') {
    let index = -1;
    return () => {
      index += 1;
      return (index + phase) * gapUs;
    };
  }
  const random = seededRandom(seed);
  let atUs = 0;
  return () => {
    atUs -= Math.log(1 - random()) * gapUs;
    return atUs;
  };
}
