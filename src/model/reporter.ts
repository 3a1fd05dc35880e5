import type { Report } from './report.ts';

/** A report among several, with the name of the file it came from. */
export interface NamedReport {
  readonly file: string;
  /** Of the file as it was, before it was read as the present version. */
  readonly schemaVersion: number;
  readonly report: Report;
}

/** A file that several reports make together. */
export interface MergedFile {
  readonly file: string;
  readonly text: string;
}

/** One report format: a pure function of the report. */
export interface Reporter {
  readonly name: string;
  readonly summary: string;
  /** Name of the file it writes into the report folder. */
  readonly file: string;
  render(report: Report): string | Promise<string>;
  /** Several reports beside one another, one file after the other; `notes` are what the reader has to know of them. */
  merge?(reports: readonly NamedReport[], notes: readonly string[]): AsyncIterable<MergedFile>;
}

/** Types a reporter and fixes its shape; the default export of each file in `reporters/`. */
export const defineReporter = (reporter: Reporter): Reporter => Object.freeze(reporter);
