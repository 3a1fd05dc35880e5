import type { Claim } from '../model/claim.ts';
import type { Controller, ControllerSettings } from '../model/controller.ts';
import type { KubernetesObject } from '../model/kubernetes.ts';
import type { Expectation } from './expectation.ts';
import type { Kit } from './kit.ts';

/** What an observation returns: one value out of the closed list its check declares. */
export interface Observation {
  readonly value: string;
}

interface CheckBase extends Claim {
  /**
   * The step of the area's story after which it holds; required where the area has a story, absent elsewhere.
   * Checks after one step run side by side, except the `exclusive` ones, which run alone, last, in order of id.
   */
  readonly after?: string;
  /** It changes what other checks see, and puts it back before it ends. */
  readonly exclusive?: boolean;
  /** It touches nothing that another check sees and may run beside any of them, the exclusive ones too. */
  readonly apart?: boolean;
  /** An observation's closed list of values. */
  readonly values?: readonly string[];
}

/** A table of request → expected, each row converged and then confirmed. */
export interface TableCheck extends CheckBase {
  readonly expect: readonly Expectation[];
  readonly run?: never;
}

/** A body with assertions, for what no table says. */
export interface BodyCheck extends CheckBase {
  // biome-ignore lint/suspicious/noConfusingVoidType: a body that returns nothing is the common case
  readonly run: (kit: Kit) => Promise<void | Observation>;
  readonly expect?: never;
}

/** One claim about behaviour and the way to prove or refute it. */
export type Check = TableCheck | BodyCheck;

/** Types a check and freezes it; the default export of each file `suites/<area>/<check>.ts`. */
export const defineCheck = (check: Check): Check => Object.freeze(check);

/** One step of a story: what it applies, on top of the steps before it. */
export interface Step {
  readonly name: string;
  readonly title: string;
  /** Objects to apply, namespaced into the story's namespace. The step is done once all its workloads are ready. */
  manifests(context: {
    readonly controller: Controller;
    readonly settings: ControllerSettings;
  }): Promise<readonly KubernetesObject[]>;
}

/**
 * A folder of `suites/`. An area without a story gives each check a namespace of its own; one with a story has
 * one namespace, the controller's, in which its steps are told in order and each check holds after one of them.
 */
export interface Area {
  readonly name: string;
  readonly title: string;
  readonly story?: readonly Step[];
}

/** Types an area and freezes it; the default export of `suites/<area>/area.ts`. */
export const defineArea = (area: Area): Area => Object.freeze(area);
