import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { parse } from 'yaml';
import { packageRoot } from '../../src/paths.ts';

const read = (file: string): string => readFileSync(join(packageRoot, file), 'utf8');
const folder = '.github/workflows';
const workflows = readdirSync(join(packageRoot, folder)).map((file) => `${folder}/${file}`);
const { scripts } = JSON.parse(read('package.json')) as { scripts: Readonly<Record<string, string>> };

interface Step {
  readonly run?: string;
}
interface Workflow {
  readonly permissions: unknown;
  readonly jobs: Readonly<Record<string, { readonly steps: readonly Step[]; readonly permissions?: unknown }>>;
}
const jobsOf = (file: string) => Object.values((parse(read(file)) as Workflow).jobs);

/** The scripts of the package that a text runs by npm. */
const scriptsIn = (text: string): readonly string[] =>
  [...text.matchAll(/npm (?:(test)\b|run (?:--silent )?(?:--prefix \S+ )?([\w:]+))/g)].map(
    ([, test, name]) => test ?? name ?? '',
  );

describe('the workflows', () => {
  for (const file of [...workflows, 'action.yml']) {
    it(`${file} takes every action of others by its commit, and says which version that is`, () => {
      const uses = [...read(file).matchAll(/uses: (.+)$/gm)].map(([, used = '']) => used);
      for (const used of uses) expect(used).to.match(/^(\.\/|[\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+)$/);
    });
  }

  it('take one action by one commit everywhere', () => {
    const used = [...workflows, 'action.yml'].flatMap((file) => [
      ...read(file).matchAll(/uses: ([\w-]+\/[\w-]+)@(\S+)/g),
    ]);
    const commits = new Map<string, Set<string>>();
    for (const [, action = '', commit = ''] of used)
      commits.set(action, (commits.get(action) ?? new Set()).add(commit));
    for (const [action, seen] of commits) expect([...seen], action).to.have.length(1);
  });

  for (const file of workflows) {
    it(`${file} may read the repository, and nothing else`, () => {
      const { permissions } = parse(read(file)) as Workflow;
      expect(permissions).to.deep.equal({ contents: 'read' });
      for (const job of jobsOf(file)) expect(job).to.not.have.property('permissions');
    });

    it(`${file} runs scripts of the package, which .ci/run runs too`, () => {
      const runs = jobsOf(file).flatMap(({ steps }) => steps.flatMap(({ run }) => run ?? []));
      const others = runs.filter((run) => scriptsIn(run).length === 0 && !/^(npm ci|sudo sysctl \S+)$/.test(run));
      expect(others).to.deep.equal([]);
      const here = scriptsIn(read('.ci/run'));
      for (const name of runs.flatMap(scriptsIn)) {
        expect(Object.keys(scripts)).to.include(name);
        expect(here).to.include(name);
      }
    });
  }

  it('let no expression into a script, where it would be read as shell', () => {
    for (const file of [...workflows, 'action.yml']) {
      const scripts = [...read(file).matchAll(/^\s*(?:- )?run: (.*)$/gm)].map(([, script = '']) => script);
      for (const script of scripts) expect(script, file).to.not.contain('${{');
    }
  });
});

describe('action.yml', () => {
  const action = parse(read('action.yml'));

  it('has the inputs and outputs that it is documented with', () => {
    expect(Object.keys(action.inputs)).to.deep.equal(['controller', 'version', 'cluster', 'suites', 'fail-on']);
    expect(Object.keys(action.outputs)).to.deep.equal(['report', 'verdict']);
  });

  it('runs the script that .ci/run runs', () => {
    const { steps } = action.runs as { steps: readonly Step[] };
    expect(steps.flatMap(({ run }) => scriptsIn(run ?? ''))).to.deep.equal(['ci:conformance']);
    expect(scriptsIn(read('.ci/run'))).to.include('ci:conformance');
  });
});
