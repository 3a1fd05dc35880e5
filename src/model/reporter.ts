import type { Report } from './report.ts';

/** One report format: a pure function of the report. */
export interface Reporter {
  readonly name: string;
  readonly summary: string;
  /** Name of the file it writes into the report folder. */
  readonly file: string;
  render(report: Report): string | Promise<string>;
}

/** Types a reporter and fixes its shape; the default export of each file in `reporters/`. */
export const defineReporter = (reporter: Reporter): Reporter => Object.freeze(reporter);
