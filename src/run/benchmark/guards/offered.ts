import { answeredIn } from '../measured-run.ts';
import { type GuardRule, grouped, share } from './guard.ts';

const least = 0.99;

/** As much was offered as was asked for; a Poisson schedule may be short by chance, by three standard deviations. */
export const offered: GuardRule = {
  name: 'offered',
  about: 'instrument',
  look({ order: { shape }, result }) {
    if (shape.kind !== 'rate') return undefined;
    const wanted = shape.rateRps * (result.durationMs / 1000);
    const chance = shape.arrivals === 'poisson' ? 3 * Math.sqrt(wanted) : 0;
    const { offered: count } = result;
    return {
      held: count >= least * wanted - chance,
      text: `${grouped(count)} requests offered of the ${grouped(wanted)} that ${grouped(shape.rateRps)}/s make, at least ${share(least)}`,
    };
  },
};

/** What may be under way when the measured time is over, by its time at the offered rate. */
const underWayMs = 50;

/** What was offered was answered in time: else this is overload, and its latency that of a queue that grows as long as one looks. */
export const achieved: GuardRule = {
  name: 'achieved',
  about: 'subject',
  look(run) {
    const { shape } = run.order;
    if (shape.kind !== 'rate') return undefined;
    const { offered: all, answered, answeredWithin } = run.result;
    const part = all === 0 ? 0 : answeredIn(run) / all;
    const underWay = answeredWithin === undefined ? 0 : (shape.rateRps * underWayMs) / 1000;
    const held = all > 0 && answeredIn(run) + underWay >= least * all;
    const late =
      answeredWithin !== undefined && answeredWithin < answered
        ? ` within the time, ${grouped(answered)} in the end`
        : '';
    return {
      held,
      text: `${held ? '' : 'overload: '}${share(part)} of ${grouped(all)} answered${late}, at least ${share(least)} but for what was under way`,
    };
  },
};
