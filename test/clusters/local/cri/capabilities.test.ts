import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { assert } from 'chai';
import { runtimeCapabilities } from '../../../../clusters/local/cri/capabilities.ts';
import { packageRoot } from '../../../../src/paths.ts';

describe('the capabilities of the CRI runtime', () => {
  it('are the table of its README', async () => {
    const readme = await readFile(join(packageRoot, 'clusters/local/cri/README.md'), 'utf8');
    const rows = runtimeCapabilities.map(
      ({ feature, supported, note }) => `| ${feature} | ${supported ? 'yes' : 'no'} | ${note} |`,
    );
    assert.include(readme.replace(/ +/g, ' '), rows.join('\n'));
  });
});
