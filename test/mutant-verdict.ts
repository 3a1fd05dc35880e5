import type { Report } from '../src/model/report.ts';
import type { Mutant } from './mutant.ts';

/** What became of one mutant before one check that ought to kill it. */
export interface Kill {
  readonly mutant: Mutant;
  readonly check: string;
  /** What the check said of it. */
  readonly said: string;
  /** Why it does not count, where it does not. */
  readonly problem?: string;
}

/** Whether each check that a mutant names and that was put to it has killed it, by a failure that names its fault. */
export const killsOf = (mutant: Mutant, asked: readonly string[], report: Report): readonly Kill[] =>
  asked.map((check) => {
    const names = mutant.killedBy[check] ?? /^$/;
    const verdict = report.checks.find(({ id }) => id === check)?.verdict;
    if (verdict?.kind !== 'failed') {
      const said = verdict !== undefined && 'reason' in verdict ? verdict.reason : '';
      return { mutant, check, said, problem: `survives: ${verdict?.kind ?? 'not tried'}` };
    }
    const said = `expected ${verdict.failure.expected}; got ${verdict.failure.actual}`;
    return names.test(said) ? { mutant, check, said } : { mutant, check, said, problem: 'killed for another reason' };
  });

const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ');

/** The table for people: each mutant, what its users would say, and the checks that kill it. */
export function mutantTable(
  kills: readonly Kill[],
  checks: readonly string[],
  exempt: ReadonlyMap<string, string>,
): string {
  const mutants = [...new Set(kills.map(({ mutant }) => mutant))].sort((a, b) => (a.name < b.name ? -1 : 1));
  const killers = (mutant: Mutant) => {
    const by = kills.filter((kill) => kill.mutant === mutant).map(({ check }) => check);
    return Object.keys(mutant.killedBy).flatMap((check) => (by.includes(check) ? [`\`${check}\``] : []));
  };
  const victims = (check: string) => kills.filter((kill) => kill.check === check).map(({ mutant }) => mutant.name);
  return `# Every check can fail

Written by \`npm run test:mutants\`. A mutant is the [reference controller](../controllers/reference) with one fault
(\`test/mutants/\`). Each of these was run on a cluster and failed every check named beside it, with a message that names the
fault; the reference passed all of them under the same conditions.

| mutant | what its users say | killed by |
|---|---|---|
${mutants.map((mutant) => `| [${mutant.name}](../test/mutants/${mutant.name}.ts) | ${cell(mutant.complaint)} | ${killers(mutant).join(', ')} |`).join('\n')}

## By check

| check | mutants it kills |
|---|---|
${checks.map((check) => `| \`${check}\` | ${victims(check).sort().join(', ')} |`).join('\n')}

Observations judge nobody. These checks judge no controller:

${[...exempt].map(([check, why]) => `- \`${check}\` ${why}`).join('\n')}
`;
}
