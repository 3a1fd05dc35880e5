import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect } from 'chai';
import type { Command } from 'commander';
import { benchmarkCommand } from '../../src/cli/benchmark.ts';
import { cleanupCommand } from '../../src/cli/cleanup.ts';
import { clusterCommand } from '../../src/cli/cluster.ts';
import { compareCommand } from '../../src/cli/compare.ts';
import { conformanceCommand } from '../../src/cli/conformance.ts';
import { doctorCommand } from '../../src/cli/doctor.ts';
import { listCommand } from '../../src/cli/list.ts';
import { reportCommand } from '../../src/cli/report.ts';
import { packageRoot } from '../../src/paths.ts';
import { readClusterProviders } from '../../src/run/catalogue.ts';

const providers = await readClusterProviders();
const commands: readonly Command[] = [
  conformanceCommand(providers),
  benchmarkCommand(providers),
  compareCommand(),
  clusterCommand(providers),
  cleanupCommand(providers),
  listCommand(),
  reportCommand(),
  doctorCommand(),
];
const pages = ['README.md', ...readdirSync(join(packageRoot, 'docs')).map((name) => `docs/${name}`)].filter((file) =>
  file.endsWith('.md'),
);
const read = (file: string): string => readFileSync(join(packageRoot, file), 'utf8');

/** The command lines of a page's code, without comments. */
const linesOf = (page: string): readonly string[] =>
  [...read(page).matchAll(/^```.*?^```/gms)]
    .flatMap(([block]) => [...block.matchAll(/^\s*(?:\$ )?(?:- )?(?:npx )?ingress-assay (.+)$/gm)])
    .map(([, line = '']) => line.replace(/\s#.*$/, '').replace(/\s[|>].*$/, ''));

/** What of a line no command takes: its name, or a flag. */
function unknownIn(line: string): readonly string[] {
  const words = line.split(/\s+/);
  let command = commands.find((each) => each.name() === words[0]);
  if (command === undefined) return [`ingress-assay ${words[0]}`];
  command = command.commands.find((each) => each.name() === words[1]) ?? command;
  if (command.name() === 'kubectl') return [];
  const flags = command.options.map(({ long }) => long);
  return words.filter((word) => word.startsWith('--') && !flags.includes(word.split('=', 1)[0] ?? ''));
}

describe('the documentation', () => {
  it('shows command lines', () => {
    expect(pages.flatMap(linesOf).length).to.be.above(30);
  });

  for (const page of pages) {
    it(`names commands and flags that there are: ${page}`, () => {
      expect(linesOf(page).flatMap(unknownIn)).to.deep.equal([]);
    });

    it(`links to files that are there: ${page}`, () => {
      const links = [...read(page).matchAll(/\]\((?!https?:|#)([^)#\s]+)/g)].map(([, link = '']) => link);
      expect(links.filter((link) => !existsSync(join(packageRoot, dirname(page), link)))).to.deep.equal([]);
    });
  }
});
