import type { Claim } from '../model/claim.ts';
import type { Controller, ControllerSettings } from '../model/controller.ts';
import type { KubernetesObject } from '../model/kubernetes.ts';
import type { Expectation } from './expectation.ts';
import type { Kit } from './kit.ts';

/** What an observation returns: one value out of the closed list its check declares. */
export interface Observation {
  readonly value: string;
}

/** Where a check of an area without a story stands: what its objects and its rows are made with. */
export interface Ground {
  /** The check's own name, unique in its namespace: what its objects are called, or begin with. */
  readonly name: string;
  /** A host that no other check uses, nor any name below it. */
  readonly host: string;
  /** The area's, with the back-ends `hit`, `miss` and `other` in it. */
  readonly namespace: string;
  readonly ingressClass: string;
  /** What the deprecated annotation has to say for the same controller, where that is not the class's name. */
  readonly annotationClass?: string;
}

interface CheckBase extends Claim {
  /**
   * The step of the area's story after which it holds; required where the area has a story, absent elsewhere.
   * Checks after one step run side by side, except the `exclusive` and the `risky` ones.
   */
  readonly after?: string;
  /**
   * It changes what other checks see, and puts it back before it ends. A name says what it changes: one thing is changed by one check at a
   * time, after those that run side by side, while the story goes on. `true`: it runs alone, after all others of its step and all that
   * change something; so does what has to meet a controller that nobody changes.
   */
  readonly exclusive?: true | string;
  /** What it applies may keep a controller from taking any configuration: it runs after those side by side, beside other risky ones. */
  readonly risky?: true;
  /** It takes away, for a while, what all others rest on: it runs alone, after everything else of the run. */
  readonly last?: true;
  /**
   * It touches nothing that another check sees and may run beside any of them, the exclusive ones too. One with a body begins with its
   * step; a table, of which nothing but requests are known, when those side by side are done.
   */
  readonly apart?: boolean;
  /**
   * Objects of its own, for a check of an area without a story: those of all checks go in first, and no check is tried before a route
   * that was applied after them all is served. What a controller may choke on does not belong here, since it chokes for all.
   */
  readonly given?: (ground: Ground) => readonly KubernetesObject[];
  /** An observation's closed list of values. */
  readonly values?: readonly string[];
}

/** A table of request → expected, each row converged and then confirmed. */
export interface TableCheck extends CheckBase {
  readonly expect: readonly Expectation[] | ((ground: Ground) => readonly Expectation[]);
  /** A row that is answered wrongly at this rate is refuted with a confidence of 0.99. Default: 0.05 in a story, else 0.2. */
  readonly faultRate?: number;
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

/** Whether it is a table: thousands of requests and no waiting in between. */
export const isTable = (check: Check): check is TableCheck => check.expect !== undefined;

/** Types a check and freezes it; the default export of each file `suites/<area>/<check>.ts`. */
export const defineCheck = (check: Check): Check => Object.freeze(check);

/** One step of a story: what it applies, on top of the steps before it. */
export interface Step {
  readonly name: string;
  readonly title: string;
  /** What it changes that checks elsewhere may be changing too: it waits until they have put it back. */
  readonly changes?: string;
  /** Objects to apply, namespaced into the story's namespace. The step is done once all its workloads are ready. */
  manifests(context: StepContext): Promise<readonly KubernetesObject[]>;
}

/** What a step is told. */
export interface StepContext {
  readonly controller: Controller;
  readonly settings: ControllerSettings;
}

/**
 * A folder of `suites/`. The checks of an area without a story share a namespace and its back-ends, each with hosts of its own, and
 * are tried side by side. One with a story has the controller's namespace, in which its steps are told in order and each check holds
 * after one of them; its first step is applied while the controller is still starting, and is done before anything is tried.
 */
export interface Area {
  readonly name: string;
  readonly title: string;
  readonly story?: readonly Step[];
}

/** Types an area and freezes it; the default export of `suites/<area>/area.ts`. */
export const defineArea = (area: Area): Area => Object.freeze(area);
