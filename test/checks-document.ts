import { join } from 'node:path';
import type { Check } from '../src/kit/check.ts';
import type { Controller } from '../src/model/controller.ts';
import type { Report } from '../src/model/report.ts';
import { packageRoot } from '../src/paths.ts';
import type { Suite } from '../src/run/catalogue.ts';
import type { Mutant } from './mutant.ts';

/** What a controller did in a run: a verdict's kind for each check, or the value observed. */
export interface Recorded {
  readonly controller: string;
  readonly version: string;
  readonly did: Readonly<Record<string, string>>;
}

/** Where what Traefik did is kept. */
export const recordedFile = join(packageRoot, 'docs/recorded/traefik.json');

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
function told(check: Check, { did }: Recorded, { knownDeviations }: Pick<Controller, 'knownDeviations'>): string {
  const deviation = knownDeviations.find(({ check: id }) => id === check.id);
  if (deviation !== undefined) return `fails: [${cell(deviation.reason)}](${deviation.link})`;
  const outcome = did[check.id] ?? 'not recorded';
  return check.level === 'observation' ? `\`${cell(outcome)}\`` : outcome;
}

/** The catalogue for people: every check by area, with its rule, the mutants it kills and what a controller did. */
export function checksDocument(
  suites: readonly Suite[],
  mutants: readonly Mutant[],
  recorded: Recorded,
  controller: Pick<Controller, 'knownDeviations'>,
): string {
  const victims = (id: string) => mutants.filter(({ killedBy }) => id in killedBy).map(({ name }) => name);
  const row = (check: Check) =>
    [
      `\`${check.id}\`<br>${cell(check.title)}`,
      check.level,
      `${cell(check.requirement.text)} [↗](${check.requirement.source})`,
      victims(check.id).sort().join(', '),
      told(check, recorded, controller),
    ].join(' | ');
  const section = ({ area, checks }: Suite) => `## ${area.title}

| check | level | rule | mutants it kills | ${recorded.controller} ${recorded.version} |
|---|---|---|---|---|
${checks.map((check) => `| ${row(check)} |`).join('\n')}
`;
  const count = suites.flatMap(({ checks }) => checks).length;
  return `# The ${count} checks

Written by \`npm run docs:checks\`. *spec*: the API itself says so. *convention*: no norm does, but users rely on it. *observation*:
nobody owes it; what a controller does is recorded, never judged. A mutant is the reference controller with one fault
([mutants.md](mutants.md)).

${suites.map(section).join('\n')}`;
}
