import { referenceRunning } from '../controllers/reference/index.ts';
import type { Parts } from '../controllers/reference/program/parts.ts';
import type { Controller } from '../src/model/controller.ts';

/** The reference controller taking its time: slow, and right. No check may fail because of it. */
export interface Slow {
  /** Equal to its file's. */
  readonly name: string;
  /** The parts that are slower than the honest ones. */
  readonly parts: (honest: Parts) => Partial<Parts>;
}

/** A slow reference, as a controller of the catalogue would be. */
export const slowController = (name: string): Controller =>
  referenceRunning(['test/run-slow.ts', `test/slow/${name}.ts`], { name, title: name, ingressClass: name });
