import { percent } from '../../../stats/failure-rate.ts';
import { type GuardRule, grouped, share } from './guard.ts';

const least = 0.99;

/** As much was sent as was asked for; a Poisson schedule may be short by chance, by three standard deviations. */
export const offered: GuardRule = {
  name: 'offered',
  about: 'instrument',
  look({ order: { shape }, result }) {
    if (shape.kind !== 'rate') return undefined;
    const wanted = shape.rateRps * (result.durationMs / 1000);
    const chance = shape.arrivals === 'poisson' ? 3 * Math.sqrt(wanted) : 0;
    const sent = result.offered - result.generator.dropped;
    return {
      held: sent >= least * wanted - chance,
      text: `${grouped(sent)} requests sent of the ${grouped(wanted)} that ${grouped(shape.rateRps)}/s make, at least ${share(least)}`,
    };
  },
};

/** What was offered was answered in time: else this is overload, and its latency that of a queue that grows as long as one looks. */
export const achieved: GuardRule = {
  name: 'achieved',
  about: 'subject',
  look({ order: { shape }, result: { offered: all, answered, inTime, generator } }) {
    if (shape.kind !== 'rate') return undefined;
    const seen = inTime ?? { due: all, answered };
    const part = seen.due === 0 ? 0 : seen.answered / seen.due;
    const held = part >= least;
    const read = part > 0 && part < 1 ? percent(part) : share(part);
    const when = inTime === undefined ? '' : ` due ${inTime.leewayMs} ms or more before the end, and by then`;
    const isUnclear = generator.dropped > 0 && generator.cpuShare === undefined;
    const breach = isUnclear ? 'overload, or a generator that had too little CPU to send: ' : 'overload: ';
    return {
      held,
      text: `${held ? '' : breach}${read} answered of ${grouped(seen.due)}${when}, at least ${share(least)}`,
    };
  },
};
