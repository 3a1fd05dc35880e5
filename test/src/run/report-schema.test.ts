import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect } from 'chai';
import { packageRoot } from '../../../src/paths.ts';
import { readReport } from '../../../src/run/read-report.ts';
import { sampleReport } from '../../sample-report.ts';

const schema = JSON.parse(readFileSync(join(packageRoot, 'dist/report.schema.json'), 'utf8'));
const validate = new Ajv2020({ strict: false, validateFormats: false }).compile(schema);

/** Where a report does not follow the published schema, for whoever does not use our code. */
function violations(report: unknown): readonly string[] {
  validate(JSON.parse(JSON.stringify(report)));
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}

describe('the published JSON Schema', () => {
  it('takes what we write, and what we make of an older report', async () => {
    expect(violations(sampleReport)).to.deep.equal([]);
    const older = await readReport(join(packageRoot, 'test/fixtures/reports/version-1.json'));
    expect(violations(older)).to.deep.equal([]);
  });

  it('refuses a report of another version, and one that lacks or garbles a part', () => {
    expect(violations({ ...sampleReport, version: 1 })).to.deep.equal(['/version must be equal to constant']);
    const { run: _, ...without } = sampleReport;
    expect(violations(without)).to.deep.equal([" must have required property 'run'"]);
    expect(violations({ ...sampleReport, checks: 'many' })).to.deep.equal(['/checks must be array']);
    expect(violations({ ...sampleReport, benchmark: { profile: 'quick' } })).to.not.be.empty;
  });
});
