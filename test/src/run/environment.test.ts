import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { machineKey } from '../../../src/run/environment.ts';

describe('what tells a machine from others', () => {
  const id = '0123456789abcdef0123456789abcdef';
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'assay-test-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  async function keyOf(text: string) {
    await writeFile(join(folder, 'machine-id'), text);
    return machineKey(join(folder, 'machine-id'));
  }

  it('is always the same of one machine, and has nothing of its id', async () => {
    const key = await keyOf(`${id}\n`);
    expect(key).to.match(/^[0-9a-f]{16}$/);
    expect(id).to.not.contain(key);
    expect(await keyOf(`${id}\n`)).to.equal(key);
    expect(await keyOf(`${id.replace('0', '1')}\n`)).to.not.equal(key);
  });

  it('is not there where the machine has no id', async () => {
    for (const text of ['', 'uninitialized\n']) expect(await keyOf(text)).to.equal(undefined);
    expect(machineKey(join(folder, 'none'))).to.equal(undefined);
  });
});
