import type { BenchmarkSide } from '../../src/model/benchmark.ts';
import type { Report } from '../../src/model/report.ts';

/** How long answers took, all believed runs of one side at one point together. */
export interface Curve {
  readonly side: BenchmarkSide;
  readonly since: 'intended' | 'sent';
  readonly count: number;
  /** Percentile (0 to 100) and the microseconds that so many of the answers stayed at or below. */
  readonly points: readonly (readonly [percentile: number, us: number])[];
  /** Why it is not to be used: no run of it may be believed. */
  readonly void?: string;
}

/** Curves by scenario and point: what a page cannot read out of a report by itself. */
export type Curves = Readonly<Record<string, Readonly<Record<string, readonly Curve[]>>>>;

/** One run, as a page shows it. */
export interface ReportData {
  readonly kind: 'report';
  readonly report: Report;
  readonly curves: Curves;
  /** What was left out of the report that this page holds, for its size. */
  readonly leftOut?: string;
  /** Pages beside this one. */
  readonly links?: readonly { readonly title: string; readonly href: string }[];
}

/** A report among several. */
export interface Member {
  /** As it was named when they were brought together. */
  readonly file: string;
  /** Its full page, beside this one. */
  readonly href: string;
  /** Of the file as it was, before it was read as the present version. */
  readonly schemaVersion: number;
  readonly report: Report;
}

/** Reports whose figures may be held against one another: of the same machine, cluster and schema. */
export interface Setting {
  readonly title: string;
  /** What it is that this setting has and others have not. */
  readonly details: readonly (readonly [name: string, value: string])[];
  readonly members: readonly Member[];
}

interface SeveralData {
  readonly settings: readonly Setting[];
  /** What the reader has to know of what was brought together: a report given twice, one that could not be read. */
  readonly notes: readonly string[];
  readonly links: readonly { readonly title: string; readonly href: string }[];
}

/** Several controllers beside one another. */
export interface ComparisonData extends SeveralData {
  readonly kind: 'comparison';
}

/** Several runs of one controller, oldest first. */
export interface HistoryData extends SeveralData {
  readonly kind: 'history';
  readonly controller: string;
}

export type PageData = ReportData | ComparisonData | HistoryData;
