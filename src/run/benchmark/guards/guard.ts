import type { MeasuredRun } from '../measured-run.ts';

/** What a guard found: whether it held, and what was seen beside what is allowed. */
export interface Finding {
  readonly held: boolean;
  readonly text: string;
}

/** What else than a run a guard may need. */
export interface Around {
  /** The median rate at which the back-ends answered directly under saturation: at the same point, or the most where that has a rate. */
  readonly directRps?: number | undefined;
}

/** One reason not to believe a run. */
export interface GuardRule {
  readonly name: string;
  /**
   * Whose fault a breach is. Of the instrument: that run is left out. Of what is measured: the whole figure is void, since leaving out the runs that
   * went badly would flatter it. Of the machine: that run is left out too, and answers that came late in it are held
   * against nobody.
   */
  readonly about: 'instrument' | 'subject' | 'machine';
  /** Nothing where it means nothing for such a run, or nobody can tell. */
  readonly look: (run: MeasuredRun, around: Around) => Finding | undefined;
}

/** What a guard finds that cannot look. */
export const unknown = (what: string): Finding => ({ held: true, text: `${what} cannot be seen here` });

/** A share for a person to read: `34 %`, `0.4 %`. */
export const share = (value: number): string => `${Number((value * 100).toPrecision(value < 0.1 ? 2 : 3))} %`;

/** A count or a rate for a person to read. */
export const grouped = (value: number): string => Math.round(value).toLocaleString('en-US');
