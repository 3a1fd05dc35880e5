import type { BodyCheck } from '../../../src/kit/check.ts';

/** A check for tests of the machine: passes unless told otherwise. */
export const checkOf = (id: string, more: Partial<BodyCheck> = {}): BodyCheck => ({
  id,
  title: `title of ${id}`,
  level: 'spec',
  requirement: { source: 'https://example.org/rule', text: 'the rule' },
  run: async () => {},
  ...more,
});
