import { rateOf } from '../measured-run.ts';
import { type GuardRule, grouped, unknown } from './guard.ts';

const times = 2;

/** The back-ends answer at least twice as fast without the controller: else generator or back-ends may be what limits it. */
export const baseline: GuardRule = {
  name: 'baseline',
  about: 'instrument',
  look(run, { directRps }) {
    if (run.side === 'direct') return undefined;
    const { shape } = run.order;
    if (directRps === undefined)
      return shape.kind === 'rate'
        ? unknown('what the back-ends answer directly at most')
        : { held: false, text: 'generator-bound for all we know: no direct run came about' };
    const [rate, which] =
      shape.kind === 'rate' ? [shape.rateRps, 'are offered'] : [rateOf(run), 'through the controller'];
    const held = directRps >= times * rate;
    const seen = `${grouped(directRps)}/s directly, ${Number((directRps / rate).toPrecision(3))} times as many as ${which}`;
    return { held, text: `${held ? '' : 'generator-bound: '}${seen}, at least ${times} times` };
  },
};
