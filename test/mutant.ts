import type { Parts } from '../controllers/reference/program/parts.ts';
import type { KubernetesObject } from '../src/model/kubernetes.ts';

/** The reference controller with one fault; the default export of each file in `test/mutants/`. */
export interface Mutant {
  /** Equal to its file's. */
  readonly name: string;
  /** What a user of such a controller would say. */
  readonly complaint: string;
  /** The checks that must fail because of it, by id, each with what its failure has to say for naming this fault. */
  readonly killedBy: Readonly<Record<string, RegExp>>;
  /** The parts that take the place of honest ones, inside the controller's pod. What they remember, they keep to themselves. */
  readonly fault?: (honest: Parts) => Partial<Parts>;
  /** What is wrong with how it is installed, object by object. */
  readonly install?: (object: KubernetesObject) => KubernetesObject;
}

/** Types a mutant and fixes its shape. */
export const defineMutant = (mutant: Mutant): Mutant => Object.freeze(mutant);
