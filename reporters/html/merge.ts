import type { MergedFile, NamedReport } from '../../src/model/reporter.ts';
import { documentOf, pageOf } from './document.ts';
import type { Member, Setting } from './page-data.ts';
import { settingsOf } from './settings.ts';

const index = 'index.html';

/** A name for a file or a fragment of one, out of whatever a report says. */
const slug = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[^a-z0-9.]+/g, '-')
    .replace(/^[-.]+|[-.]+$/g, '')
    .slice(0, 60) || 'report';

/** Names of files, none given twice. */
function namer(): (stem: string) => string {
  const taken = new Set([index]);
  return (stem) => {
    let name = `${slug(stem)}.html`;
    for (let count = 2; taken.has(name); count++) name = `${slug(stem)}-${count}.html`;
    taken.add(name);
    return name;
  };
}

/** What a page of several reports shows of one: verdicts and figures, and not what they rest on, which its own page has. */
function outline(member: Member): Member {
  const { report } = member;
  const checks = report.checks.map(({ controllerLog: _, ...check }) => {
    const { verdict } = check;
    if (verdict.kind !== 'failed') return { ...check, evidence: {} };
    const { expected, actual } = verdict.failure;
    return {
      ...check,
      evidence: {},
      verdict: { kind: 'failed', failure: { expected, actual: actual.slice(0, 200) } } as const,
    };
  });
  const { benchmark } = report;
  const scenarios = benchmark?.scenarios.map((scenario) => ({
    ...scenario,
    findings: {},
    points: scenario.points.map((point) => ({ ...point, runs: [] })),
  }));
  return {
    ...member,
    report: { ...report, checks, ...(benchmark && scenarios && { benchmark: { ...benchmark, scenarios } }) },
  };
}

const outlined = (settings: readonly Setting[]): readonly Setting[] =>
  settings.map((setting) => ({ ...setting, members: setting.members.map(outline) }));

/** Whether there is anything to follow over these runs: a run of checks and one under load have nothing in common. */
const isHistory = (runs: readonly Member[]): boolean =>
  runs.filter(({ report }) => report.checks.length > 0).length > 1 ||
  runs.filter(({ report }) => report.benchmark !== undefined).length > 1;

/** Controllers of which there are several runs, each with its runs, oldest first. */
function histories(members: readonly Member[]) {
  const byName = new Map<string, Member[]>();
  for (const member of members) {
    const { name } = member.report.controller;
    byName.set(name, [...(byName.get(name) ?? []), member]);
  }
  return [...byName]
    .filter(([, runs]) => isHistory(runs))
    .map(([name, runs]) => ({ name, title: runs[0]?.report.controller.title ?? name, runs: runs.sort(byTime) }));
}

const byTime = (one: Member, other: Member): number => (one.report.run.startedAt < other.report.run.startedAt ? -1 : 1);

/**
 * Several reports as pages: the full page of each, a history of each controller that has several runs, and last, when all it leads to
 * is there, the page that compares them.
 */
export async function* mergedPages(
  reports: readonly NamedReport[],
  notes: readonly string[],
): AsyncGenerator<MergedFile> {
  const nameOf = namer();
  const members = reports.map((one): Member => {
    const { controller, run } = one.report;
    return { ...one, href: nameOf(`${controller.name}-${controller.version}-${run.startedAt.slice(0, 16)}`) };
  });
  const compare = { title: 'All reports side by side', href: index };
  const runsByController = histories(members).map(({ name, title, runs }) => ({
    title,
    runs,
    link: { title: `History of ${title}: ${runs.length} runs`, href: nameOf(`history-${name}`) },
  }));
  for (const { href, report } of members) {
    const own = runsByController.filter(({ runs }) => runs.some((run) => run.href === href));
    yield { file: href, text: await pageOf(report, [compare, ...own.map(({ link }) => link)]) };
  }
  for (const { title, runs, link } of runsByController) {
    const settings = outlined(settingsOf(runs));
    const page = { kind: 'history', controller: title, settings, notes: [], links: [compare] } as const;
    yield { file: link.href, text: await documentOf(page) };
  }
  const settings = outlined(settingsOf(members));
  const links = runsByController.map(({ link }) => link);
  yield { file: index, text: await documentOf({ kind: 'comparison', settings, notes, links }) };
}
