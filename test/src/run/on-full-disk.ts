/** Writes reports into a folder on a disk that is full, where an earlier report lies, and prints what became of them. */

import { readdir, readFile, unlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { AssayError } from '../../../src/model/errors.ts';
import { readReporters } from '../../../src/run/catalogue.ts';
import { prepareOut, writeReports } from '../../../src/run/out-folder.ts';
import { writeMerged } from '../../../src/run/write-merged.ts';
import { sampleReport } from '../../sample-report.ts';

const folder = process.argv[2] ?? '';
const earlier = '{"an": "earlier report"}';
await writeFile(join(folder, 'report.json'), earlier);
await writeFile(join(folder, 'filler'), Buffer.alloc(1024 * 1024)).catch(() => {});

const prepared = await prepareOut(folder).catch((thrown: unknown) => thrown);
if (!(prepared instanceof AssayError)) throw prepared;
const reporters = await readReporters();
async function* pages() {
  yield { file: 'small.html', text: '' };
  yield { file: 'report.json', text: 'a page of that name, too large for what is left'.repeat(1000) };
}
const merged = await writeMerged(pages(), folder).catch((thrown: unknown) => thrown);
if (!(merged instanceof AssayError)) throw merged;
await unlink(join(folder, 'small.html'));
const { problems } = await writeReports(sampleReport, reporters, folder);
process.stdout.write(
  JSON.stringify({
    formats: reporters.length,
    prepared: { code: prepared.code, exitCode: prepared.exitCode },
    merged: { code: merged.code, exitCode: merged.exitCode, message: merged.message, next: merged.next },
    problems,
    left: (await readdir(folder)).sort(),
    whole: (await readFile(join(folder, 'report.json'), 'utf8')) === earlier,
  }),
);
