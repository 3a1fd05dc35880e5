import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect } from 'chai';
import { compiledModule, packageRoot } from '../../src/paths.ts';
import { type Slow, slowController } from '../slow.ts';

describe('every slow reference', () => {
  it('is named as its file, and can be shipped to its pod under its own class', async () => {
    for (const file of await readdir(join(packageRoot, 'test/slow'))) {
      const { href } = pathToFileURL(compiledModule(`test/slow/${file}`));
      const { name } = ((await import(href)) as { default: Slow }).default;
      expect(`${name}.ts`).to.equal(file);
      const { ingressClass, manifests } = slowController(name);
      const objects = await manifests({ namespace: 'somewhere', ingressClass });
      expect(objects.find(({ kind }) => kind === 'IngressClass')?.metadata.name).to.equal(name);
      expect(JSON.stringify(objects)).to.include(`/program/test/slow/${name}.js`);
    }
  });
});
