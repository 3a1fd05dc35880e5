import type { Capability } from './cluster.ts';
import type { Feature } from './controller.ts';

/**
 * How binding a claim is. `spec`: the API itself says so. `convention`: no norm does, but users rely on it.
 * `observation`: nobody owes it; what happened is recorded and never judged.
 */
export const levels = ['spec', 'convention', 'observation'] as const;
export type Level = (typeof levels)[number];

export interface Requirement {
  /** URL of the rule, or of the tutorial's paragraph. */
  readonly source: string;
  /** What it says, in a sentence that a failure can quote. */
  readonly text: string;
}

/** What a check claims, without how it is proven. */
export interface Claim {
  /** `<area>/<check>`, equal to its path below `suites/`. */
  readonly id: string;
  readonly title: string;
  readonly level: Level;
  readonly requirement: Requirement;
  /** What the controller must be able to do; without it the verdict is `unsupported`. */
  readonly features?: readonly Feature[];
  /** What the cluster must be able to do; without it the verdict is `unsupported`. */
  readonly capabilities?: readonly Capability[];
}
