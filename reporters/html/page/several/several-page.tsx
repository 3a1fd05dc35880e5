import type { ComparisonData, HistoryData } from '../../page-data.ts';
import { Fold } from '../fold.tsx';
import type { Fragment } from '../fragment.ts';
import { Part, TopBar } from '../report/report-page.tsx';
import { Line } from '../text.tsx';
import { CheckTable } from './check-table.tsx';
import { checkRows, membersOf } from './differ.ts';
import { FiguresOf } from './figures-of.tsx';
import { Settings } from './settings.tsx';

type Several = ComparisonData | HistoryData;

const plural = (count: number, one: string): string => `${count} ${one}${count === 1 ? '' : 's'}`;

/** What the page says, in a sentence. */
export function titleOfSeveral(data: Several): string {
  const members = membersOf(data.settings);
  const rows = checkRows(members);
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
  const rows = checkRows(members);
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
            <CheckTable settings={data.settings} rows={differing} caption="Checks whose verdicts differ" />
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
              <SuiteTable key={suite} suite={suite} data={data} rows={rows.filter((row) => row.suite === suite)} />
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

function SuiteTable(props: {
  readonly suite: string;
  readonly data: Several;
  readonly rows: ReturnType<typeof checkRows>;
}) {
  const { suite, data, rows } = props;
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
      {() => <CheckTable settings={data.settings} rows={rows} caption={`Checks of ${suite}`} />}
    </Fold>
  );
}
