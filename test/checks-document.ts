import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Check } from '../src/kit/check.ts';
import type { Controller } from '../src/model/controller.ts';
import type { Report } from '../src/model/report.ts';
import { packageRoot } from '../src/paths.ts';
import { readControllers, type Suite } from '../src/run/catalogue.ts';
import type { Mutant } from './mutant.ts';

/** What a controller did in a run: a verdict's kind for each check, or the value observed. */
export interface Recorded {
  readonly controller: string;
  readonly version: string;
  readonly did: Readonly<Record<string, string>>;
}

/** A controller, and what it did. */
export interface Track {
  readonly definition: Controller;
  readonly recorded: Recorded;
}

const folder = join(packageRoot, 'docs/recorded');

/** Where what that controller did is kept. */
export const recordedFile = (name: string): string => join(folder, `${name}.json`);

/** What is kept of every controller that was recorded. */
export async function readRecorded(): Promise<readonly Track[]> {
  const names = (await readdir(folder)).filter((file) => file.endsWith('.json')).map((file) => file.slice(0, -5));
  const controllers = (await readControllers()).filter(({ name }) => names.includes(name));
  return Promise.all(
    controllers.map(async (definition) => ({
      definition,
      recorded: JSON.parse(await readFile(recordedFile(definition.name), 'utf8')),
    })),
  );
}

/** What of a report the document tells. */
export const recordOf = ({ controller, checks }: Report): Recorded => ({
  controller: controller.title,
  version: controller.version,
  did: Object.fromEntries(
    checks.map(({ id, verdict }) => [id, verdict.kind === 'observed' ? verdict.value : verdict.kind] as const).sort(),
  ),
});

const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ');

/** What is known of a check's outcome with that controller. */
function told(check: Check, { recorded: { did }, definition: { knownDeviations } }: Track): string {
  const deviation = knownDeviations.find(({ check: id }) => id === check.id);
  if (deviation !== undefined) return `fails: [${cell(deviation.reason)}](${deviation.link})`;
  const outcome = did[check.id] ?? 'not recorded';
  return check.level === 'observation' ? `\`${cell(outcome)}\`` : outcome;
}

/** The catalogue for people: every check by area, with its rule, the mutants it kills and what each recorded controller did. */
export function checksDocument(
  suites: readonly Suite[],
  mutants: readonly Mutant[],
  records: readonly Track[],
): string {
  const victims = (id: string) => mutants.filter(({ killedBy }) => id in killedBy).map(({ name }) => name);
  const row = (check: Check) =>
    [
      `\`${check.id}\`<br>${cell(check.title)}`,
      check.level,
      `${cell(check.requirement.text)} [↗](${check.requirement.source})`,
      victims(check.id).sort().join(', '),
      ...records.map((record) => told(check, record)),
    ].join(' | ');
  const columns = records.map(({ recorded }) => `${recorded.controller} ${recorded.version} |`);
  const section = ({ area, checks }: Suite) => `## ${area.title}

| check | level | rule | mutants it kills | ${columns.join(' ')}
|---|---|---|---|${'---|'.repeat(records.length)}
${checks.map((check) => `| ${row(check)} |`).join('\n')}
`;
  const count = suites.flatMap(({ checks }) => checks).length;
  return `# The ${count} checks

Written by \`npm run docs:checks\`. *spec*: the API itself says so. *convention*: no norm does, but users rely on it. *observation*:
nobody owes it; what a controller does is recorded, never judged. A mutant is the reference controller with one fault
([mutants.md](mutants.md)). What ran is told in [controllers.md](controllers.md).

${suites.map(section).join('\n')}`;
}
