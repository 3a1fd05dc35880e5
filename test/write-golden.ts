import { writeFileSync } from 'node:fs';
import { goldenFile, goldenReporters } from './golden.ts';
import { sampleReport } from './sample-report.ts';

// Keeps what each format makes of the sample report. Read the difference before it is committed: it is what users will get.
for (const reporter of goldenReporters) writeFileSync(goldenFile(reporter), await reporter.render(sampleReport));
