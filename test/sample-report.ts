import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Report, reportSchema } from '../src/model/report.ts';
import { packageRoot } from '../src/paths.ts';

export const sampleReportFile = join(packageRoot, 'test/fixtures/sample-report.json');

/** One report with a verdict of each kind and strings that no format may trip over. */
export const sampleReport: Report = reportSchema.parse(JSON.parse(readFileSync(sampleReportFile, 'utf8')));
