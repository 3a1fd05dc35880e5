import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { expect } from 'chai';
import { shippedModules } from '../../../src/kit/shipped-modules.ts';

describe('shipped modules', () => {
  it('are all that a program imports, under keys that a ConfigMap may have', async () => {
    const { data, items } = await shippedModules(['controllers/reference/program/main.ts']);
    expect(items.map(({ path }) => path)).to.include.members([
      'package.json',
      'controllers/reference/program/main.js',
      'controllers/reference/program/informer.js',
    ]);
    expect(Object.keys(data)).to.deep.equal(items.map(({ key }) => key));
    for (const key of Object.keys(data)) expect(key).to.match(/^[-._a-zA-Z0-9]+$/);
  });

  it('run where nothing else of ours is', async () => {
    const { data, items } = await shippedModules(['controllers/reference/program/path-match.ts']);
    const folder = await mkdtemp(join(tmpdir(), 'assay-shipped-'));
    try {
      for (const { key, path } of items) {
        await mkdir(dirname(join(folder, path)), { recursive: true });
        await writeFile(join(folder, path), data[key] ?? '');
      }
      const program = `import { matchesPath } from '${folder}/controllers/reference/program/path-match.js';
        console.log(matchesPath({ pathType: 'Prefix', path: '/foo' }, '/foo/bar'));`;
      const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', program], {
        cwd: '/',
      });
      expect(stdout).to.equal('true\n');
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
});
