import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { packageRoot } from '../src/paths.ts';
import { type ErrorSite, errorSites } from './error-codes.ts';

/** What to do about a code, as it was written for it. */
export const readAdvice = (): Readonly<Record<string, string>> =>
  parse(readFileSync(join(packageRoot, 'docs/advice.yaml'), 'utf8'));

/** A code with every place that has it. */
export type Coded = readonly [code: string, sites: readonly ErrorSite[]];

/** The codes of the source, in order. */
export function codes(sites: readonly ErrorSite[] = errorSites()): readonly Coded[] {
  const byCode = new Map<string, readonly ErrorSite[]>();
  for (const site of sites) byCode.set(site.code, [...(byCode.get(site.code) ?? []), site]);
  return [...byCode].sort(([a], [b]) => (a < b ? -1 : 1));
}

const isText = (text: string | undefined): text is string => text !== undefined && /[a-z]{2}/i.test(text);
const distinct = (texts: readonly (string | undefined)[]): readonly string[] => [...new Set(texts.filter(isText))];

/** What to do about a code: what was written for it, and what the errors themselves say. */
export function adviceOn([code, sites]: Coded, advice: Readonly<Record<string, string>>): readonly string[] {
  const said = distinct(sites.map(({ next }) => next)).map((next) => `It says next: \`${next.replaceAll('`', "'")}\``);
  return [...(advice[code] === undefined ? [] : [advice[code]]), ...said];
}

const exitOf = (sites: readonly ErrorSite[]): readonly string[] => {
  const exits = [...new Set(sites.flatMap(({ exitCode }) => exitCode ?? []))].sort();
  return exits.length === 0 ? [] : [`Exit code ${exits.join(' or ')}.`];
};

function entry(coded: Coded, advice: Readonly<Record<string, string>>): string {
  const [code, sites] = coded;
  const says = distinct(sites.map(({ message }) => message)).map(
    (message) => `> ${message.replaceAll(/[<*_]/g, '\\$&')}`,
  );
  return [
    `### ${code}`,
    ...(says.length > 0 ? [says.join('\n>\n')] : []),
    ...adviceOn(coded, advice),
    ...exitOf(sites),
  ].join('\n\n');
}

/** docs/troubleshooting.md, of the codes in the source and the advice. */
export const troubleshootingDocument = (): string => {
  const advice = readAdvice();
  return `# Troubleshooting, by error code

Made by \`npm run docs:troubleshooting\` from the errors in the source and from [advice.yaml](advice.yaml).

Every error that ingress-assay ends with on purpose says three things: a code that does not change, what happened, and what to do next. Where
there is a log it is named. In a report the code is in \`run.problem\`, or in the verdict of a check that could not be judged.

\`\`\`
error no-such-thing what happened
  next what to do
  log  where the evidence is
\`\`\`

Exit code 2 is yours to mend (a name, a file, a flag), 3 is the machine's, the cluster's or the toolchain's. Neither ever accuses the controller:
only a check that fails does, with exit code 1. \`--verbose\` adds the stack. In the messages below \`…\` stands for what is filled in.

${codes()
  .map((coded) => entry(coded, advice))
  .join('\n\n')}
`;
};
