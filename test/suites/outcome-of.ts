import type { Check } from '../../src/kit/check.ts';
import type { Kit } from '../../src/kit/kit.ts';

/** What a check throws, or returns, that is given no more of a kit than this. */
export const outcomeOf = (check: Check, kit: { readonly [Part in keyof Kit]?: Partial<Kit[Part]> }): Promise<unknown> =>
  Promise.resolve(check.run?.(kit as unknown as Kit)).catch((thrown: unknown) => thrown);
