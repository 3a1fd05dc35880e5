import type { ComparisonData, HistoryData, Member, Setting } from '../../page-data.ts';
import { Fold } from '../fold.tsx';
import type { Fragment } from '../fragment.ts';
import { speedSentence } from '../report/headline.ts';
import { Part, TopBar } from '../report/report-page.tsx';
import { Line } from '../text.tsx';
import { CheckTable } from './check-table.tsx';
import { checkRows, membersOf, withChecks } from './differ.ts';
import { FiguresOf } from './figures-of.tsx';
import { Settings } from './settings.tsx';

type Several = ComparisonData | HistoryData;

const plural = (count: number, one: string): string => `${count} ${one}${count === 1 ? '' : 's'}`;

/** What the page says, in a sentence. */
export function titleOfSeveral(data: Several): string {
  const members = membersOf(data.settings);
  const rows = checkRows(membersOf(withChecks(data.settings)));
  const differing = rows.filter(({ differs }) => differs).length;
  const of = `${differing} of ${plural(rows.length, 'check')}`;
  if (data.kind === 'history') {
    return differing === 0
      ? `${data.controller}: the same verdicts in all ${members.length} runs.`
      : `${data.controller} over ${plural(members.length, 'run')}: ${of} changed.`;
  }
  const controllers = new Set(members.map(({ report }) => report.controller.name));
  const who = controllers.size > 1 ? plural(controllers.size, 'controller') : plural(members.length, 'run');
  return differing === 0
    ? `${who} side by side: no check tells them apart.`
    : `${who} side by side: they differ in ${of}.`;
}

const hasFigures = (data: Several): boolean =>
  membersOf(data.settings).some(({ report }) => report.benchmark !== undefined);

/** Several reports beside one another: what differs first, then everything, and the figures of each machine apart. */
export function SeveralPage({ data, fragment }: { readonly data: Several; readonly fragment: Fragment }) {
  const members = membersOf(data.settings);
  const checked = withChecks(data.settings);
  const rows = checkRows(membersOf(checked));
  const differing = rows.filter(({ differs }) => differs);
  const suites = [...new Set(rows.map(({ suite }) => suite))].sort();
  const parts = [
    ...(differing.length > 0 ? ([['differs', data.kind === 'history' ? 'Changes' : 'Differences']] as const) : []),
    ...(hasFigures(data) ? ([['figures', 'Figures']] as const) : []),
    ...(rows.length > 0 ? ([['all', 'All checks']] as const) : []),
    ['reports', 'Reports'] as const,
  ];
  return (
    <>
      <TopBar parts={parts} fragment={fragment} />
      <main id="main">
        <div class="head">
          <p class="over">{data.kind === 'history' ? 'History, oldest run first' : 'Comparison'}</p>
          <h1>
            <Line text={titleOfSeveral(data)} />
          </h1>
          {members.map((member) => (
            <Faster key={member.href} member={member} />
          ))}
          {data.notes.map((note) => (
            <p key={note} class="problem" role="note">
              <Line text={note} most={2000} />
            </p>
          ))}
          {data.settings.length > 1 && (
            <p class="told">
              The reports come from {data.settings.length} different settings. Verdicts may be compared across them;
              figures may not, and are kept apart.
            </p>
          )}
          {data.links.length > 0 && (
            <p class="links">
              {data.links.map(({ title, href }) => (
                <a key={href} href={href}>
                  <Line text={title} />
                </a>
              ))}
            </p>
          )}
        </div>
        {differing.length > 0 && (
          <Part id="differs" title={data.kind === 'history' ? 'What changed' : 'What differs'}>
            <CheckTable settings={checked} rows={differing} caption="Checks whose verdicts differ" />
          </Part>
        )}
        {hasFigures(data) && (
          <Part id="figures" title="Figures">
            <FiguresOf settings={data.settings} trend={data.kind === 'history'} />
          </Part>
        )}
        {rows.length > 0 && (
          <Part id="all" title="Every check">
            {suites.map((suite) => (
              <SuiteTable
                key={suite}
                suite={suite}
                settings={checked}
                rows={rows.filter((row) => row.suite === suite)}
              />
            ))}
          </Part>
        )}
        <Part id="reports" title="The reports">
          <Settings settings={data.settings} />
        </Part>
      </main>
    </>
  );
}

/** Who is faster by how much, where one run has measured two. */
function Faster({ member: { report, href } }: { readonly member: Member }) {
  const sentence = report.benchmark?.against && speedSentence(report, false);
  if (sentence === undefined) return null;
  return (
    <p class="lede">
      <Line text={sentence} /> <a href={href}>How it was measured</a>
    </p>
  );
}

function SuiteTable(props: {
  readonly suite: string;
  readonly settings: readonly Setting[];
  readonly rows: ReturnType<typeof checkRows>;
}) {
  const { suite, settings, rows } = props;
  const differing = rows.filter(({ differs }) => differs).length;
  return (
    <Fold
      class="point"
      summary={
        <>
          <Line text={suite} />{' '}
          <span class="told">
            {plural(rows.length, 'check')}
            {differing > 0 ? `, ${differing} differing` : ''}
          </span>
        </>
      }
    >
      {() => <CheckTable settings={settings} rows={rows} caption={`Checks of ${suite}`} />}
    </Fold>
  );
}
