import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { packageRoot } from '../../src/paths.ts';
import { readSuites } from '../../src/run/catalogue.ts';
import { judgesNoController } from '../mutant-lab.ts';
import { mutantNames, readMutants } from '../read-mutants.ts';

const mutants = await readMutants();
const all = (await readSuites()).flatMap((suite) => suite.checks);
const checks = all.map(({ id }) => id);

describe('every mutant', () => {
  it('is named as its file', () => {
    expect(mutants.map(({ name }) => name)).to.deep.equal(mutantNames);
  });

  for (const { name, complaint, killedBy, fault, install } of mutants) {
    it(`${name} has a fault, a complaint in a sentence, and checks that must kill it`, () => {
      expect([fault, install].filter((part) => part !== undefined)).to.have.length(1);
      expect(complaint).to.match(/^[A-Z].*\.$/);
      expect(checks).to.include.members(Object.keys(killedBy));
      expect(Object.keys(killedBy)).to.not.be.empty;
    });
  }

  it('is in the table of docs/mutants.md, with the checks it names and no others', async () => {
    const table = await readFile(join(packageRoot, 'docs/mutants.md'), 'utf8');
    const rows = [...table.matchAll(/^\| \[(\S+)\]\(.*\| ([^|]+) \|$/gm)].map(
      ([, name, killers = '']) => [name, killers.replaceAll('`', '').split(', ')] as const,
    );
    expect(rows).to.deep.equal(mutants.map(({ name, killedBy }) => [name, Object.keys(killedBy)]));
  });
});

describe('every check that judges a controller', () => {
  it('kills a mutant', () => {
    const killers = new Set(mutants.flatMap(({ killedBy }) => Object.keys(killedBy)));
    const judging = all.filter(({ id, level }) => level !== 'observation' && !judgesNoController.has(id));
    expect(judging.filter(({ id }) => !killers.has(id)).map(({ id }) => id)).to.deep.equal([]);
  });
});
