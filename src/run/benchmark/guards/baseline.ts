import { rateOf } from '../measured-run.ts';
import { type GuardRule, grouped } from './guard.ts';

const times = 2;

/** The back-ends answer at least twice as fast without the controller: else generator or back-ends may be what limits it. */
export const baseline: GuardRule = {
  name: 'baseline',
  about: 'instrument',
  look(run, { directRps }) {
    if (run.side === 'direct' || run.order.shape.kind !== 'saturation') return undefined;
    if (directRps === undefined)
      return { held: false, text: 'generator-bound for all we know: no direct run came about' };
    const rate = rateOf(run);
    const held = directRps >= times * rate;
    const seen = `${grouped(directRps)}/s directly, ${Number((directRps / rate).toPrecision(3))} times as many as through the controller`;
    return { held, text: `${held ? '' : 'generator-bound: '}${seen}, at least ${times} times` };
  },
};
