import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { reportSchema, reportSchemaVersion } from '../model/report.ts';
import { packageRoot } from '../paths.ts';

// A program of the build: the report's JSON Schema, as the package publishes it.
const schema = {
  title: `Report of ingress-assay, version ${reportSchemaVersion}`,
  description: 'The one evidence file of a run. All times in ms, all dates ISO 8601 in UTC.',
  ...z.toJSONSchema(reportSchema),
};
writeFileSync(join(packageRoot, 'dist', 'report.schema.json'), `${JSON.stringify(schema, null, 2)}\n`);
