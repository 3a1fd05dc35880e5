import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { packageRoot } from '../src/paths.ts';
import { readClusterProviders, readSuites } from '../src/run/catalogue.ts';
import { readReport } from '../src/run/read-report.ts';
import { withCapabilityTable } from './capability-table.ts';
import { checksDocument, readRecorded, recordedFile, recordOf } from './checks-document.ts';
import { readMutants } from './read-mutants.ts';

// Writes docs/checks.md anew, and the table of capabilities in docs/clusters.md:
//   npm run docs:checks                          after a check or a mutant has changed
//   npm run docs:checks -- <report.json> [...]   with what a controller did in that run

for (const file of process.argv.slice(2)) {
  const report = await readReport(file);
  await writeFile(recordedFile(report.controller.name), `${JSON.stringify(recordOf(report), null, 2)}\n`);
}
const document = checksDocument(await readSuites(), await readMutants(), await readRecorded());
await writeFile(join(packageRoot, 'docs/checks.md'), document);

const clustersFile = join(packageRoot, 'docs/clusters.md');
const clusters = await readFile(clustersFile, 'utf8');
await writeFile(clustersFile, withCapabilityTable(clusters, await readClusterProviders()));
