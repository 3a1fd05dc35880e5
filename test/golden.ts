import { join } from 'node:path';
import annotations from '../reporters/annotations.ts';
import conformanceReport from '../reporters/conformance-report.ts';
import csv from '../reporters/csv.ts';
import junit from '../reporters/junit.ts';
import markdown from '../reporters/markdown.ts';
import type { Reporter } from '../src/model/reporter.ts';
import { packageRoot } from '../src/paths.ts';

/** The formats that programs read, or that people read elsewhere: what each makes of the sample report is kept, letter by letter. */
export const goldenReporters: readonly Reporter[] = [annotations, conformanceReport, csv, junit, markdown];

/** Where what it makes of the sample report is kept. */
export const goldenFile = ({ file }: Reporter): string => join(packageRoot, 'test/fixtures/golden', file);
