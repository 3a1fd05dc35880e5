import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { checkFlags, parseConfig, readConfig } from '../../../src/cli/config.ts';
import { exitCodes } from '../../../src/model/errors.ts';

describe('the configuration file', () => {
  it('says what flags say', () => {
    const text = 'controller: traefik\nnodes: 2\nsuite: [tutorial]\nbail: true\n';
    expect(parseConfig(text, 'f.yaml')).to.deep.equal({
      controller: 'traefik',
      nodes: 2,
      suite: ['tutorial'],
      bail: true,
    });
  });

  it('may be empty', () => {
    expect(parseConfig('# nothing yet\n', 'f.yaml')).to.deep.equal({});
  });

  const bad: readonly [what: string, text: string, message: string][] = [
    [
      'an unknown setting',
      'bail: true\ncontroler: x\n',
      'f.yaml:2:1: unknown setting "controler". Did you mean controller?',
    ],
    ['a value of the wrong kind', 'bail: true\nnodes: many\n', 'f.yaml:2:8: nodes must be a whole number from 1 to 9'],
    ['a value inside a list', 'suite:\n  - tutorial\n  - 7\n', 'f.yaml:3:5: suite.1 must be text'],
    ['text in place of a list', 'suite: tutorial\n', 'f.yaml:1:8: suite must be a list'],
    ['an unknown choice', 'fail-on: any\n', 'f.yaml:1:10: fail-on must be spec, convention, known'],
    ['an empty name', "out: ''\n", 'f.yaml:1:6: out must not be empty'],
    ['a value out of bounds', 'nodes: 0\n', 'f.yaml:1:8: nodes must be a whole number from 1 to 9'],
    ['YAML that does not parse', 'bail: true\nsuite: [a\n', 'f.yaml:3:1: '],
    ['a list in place of settings', '- bail\n', 'f.yaml:1:1: the file must be a map of settings'],
  ];
  for (const [what, text, message] of bad) {
    it(`names file, line and column of ${what}`, () => {
      expect(() => parseConfig(text, 'f.yaml'))
        .to.throw(message)
        .with.property('exitCode', exitCodes.usage);
    });
  }

  it('must exist if it is named, and need not otherwise', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'assay-test-'));
    const file = join(folder, 'c.yaml');
    try {
      expect(await readConfig(file).catch((error: unknown) => error)).to.include({ code: 'config-unreadable' });
      await writeFile(file, 'keep: true\n');
      expect(await readConfig(file)).to.deep.equal({ keep: true });
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});

describe('the flags', () => {
  it('follow the rules of the configuration file, and errors name the flag', () => {
    expect(checkFlags({ nodes: 2, json: true })).to.deep.equal({ nodes: 2 });
    expect(() => checkFlags({ nodes: Number.NaN })).to.throw('--nodes must be a whole number from 1 to 9');
    expect(() => checkFlags({ name: 'Not a name!' })).to.throw('--name must be of small letters');
  });
});
