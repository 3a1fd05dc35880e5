import type { ComponentChildren } from 'preact';
import { useMemo } from 'preact/hooks';
import { duration, printable } from '../../../../src/model/printable.ts';
import type { Report } from '../../../../src/model/report.ts';
import { isKnownFailure, titleOf } from '../../../../src/model/summary.ts';
import type { ReportData } from '../../page-data.ts';
import { type Fragment, formatFragment } from '../fragment.ts';
import { Block, Line } from '../text.tsx';
import { ThemeButton } from '../theme.tsx';
import { glyphs, shownKinds, words } from '../verdict.tsx';
import { Changes, hasChanges } from './changes.tsx';
import { Checks } from './checks.tsx';
import { speedSentence, verdictSentence } from './headline.ts';
import { Matrix } from './matrix.tsx';
import { Method } from './method.tsx';
import { Speed } from './speed.tsx';

interface Props {
  readonly data: ReportData;
  readonly fragment: Fragment;
  readonly change: (change: Fragment) => void;
}

/** What is shown before the reader has chosen: what needs attention, where anything does. */
export function withDefaults(report: Report, fragment: Fragment): Fragment {
  if ('verdict' in fragment || 'suite' in fragment || 'level' in fragment || 'q' in fragment) return fragment;
  const wrong = ['failed', 'known', 'errored'].filter((kind) =>
    report.checks.some((check) => (isKnownFailure(check) ? 'known' : check.verdict.kind) === kind),
  );
  return wrong.length === 0 ? fragment : { ...fragment, verdict: wrong.join(',') };
}

/** The parts of the page, those that this report has. */
const partsOf = (report: Report): readonly (readonly [id: string, title: string])[] => [
  ...(report.checks.length > 0
    ? ([
        ['verdicts', 'Verdicts'],
        ['checks', 'Checks'],
      ] as const)
    : []),
  ...(report.benchmark ? ([['speed', 'Speed']] as const) : []),
  ...(hasChanges(report) ? ([['changes', 'Changes']] as const) : []),
  ['method', 'Method'],
];

/** One run: what it says in a sentence, who passes what, why, how fast, and how that was found. */
export function ReportPage({ data, fragment, change }: Props) {
  const { report } = data;
  const shown = withDefaults(report, fragment);
  // Without the defaults a chosen "all" would be the default again.
  const changed = (next: Fragment) =>
    change({ ...('verdict' in fragment ? {} : { verdict: shown.verdict ?? 'all' }), ...next });
  // What no filter changes is made once: typing into the search makes only the list anew.
  const before = useMemo(() => <Result data={data} />, [data]);
  const after = useMemo(() => <Measured data={data} />, [data]);
  return (
    <>
      <TopBar parts={partsOf(report)} fragment={fragment} />
      <main id="main">
        {before}
        {report.checks.length > 0 && (
          <Part id="checks" title="Check by check">
            <Checks report={report} fragment={shown} change={changed} />
          </Part>
        )}
        {after}
      </main>
    </>
  );
}

function Result({ data }: { readonly data: ReportData }) {
  return (
    <>
      <Head data={data} />
      {data.report.checks.length > 0 && (
        <Part id="verdicts" title="What it does">
          <Matrix report={data.report} />
          <Legend report={data.report} />
        </Part>
      )}
    </>
  );
}

function Measured({ data }: { readonly data: ReportData }) {
  const { report } = data;
  return (
    <>
      {report.benchmark && (
        <Part id="speed" title="How fast it is">
          <Speed data={data} />
        </Part>
      )}
      {hasChanges(report) && (
        <Part id="changes" title="How changes reach traffic">
          <Changes report={report} />
        </Part>
      )}
      <Part id="method" title="How this was found">
        <Method data={data} />
      </Part>
    </>
  );
}

/** A part of the page, which a fragment can name. */
export function Part({
  id,
  title,
  children,
}: {
  readonly id: string;
  readonly title: string;
  readonly children: ComponentChildren;
}) {
  return (
    <section id={id} class="part" aria-labelledby={`${id}-title`}>
      <h2 id={`${id}-title`}>{title}</h2>
      {children}
    </section>
  );
}

/** The way about the page, which stays in sight. */
export function TopBar({
  parts,
  fragment,
}: {
  readonly parts: readonly (readonly [id: string, title: string])[];
  readonly fragment: Fragment;
}) {
  return (
    <header class="bar">
      <a class="skip" href="#main">
        Skip to the result
      </a>
      <span class="mark">
        <span aria-hidden="true">◈</span> ingress-assay
      </span>
      <nav aria-label="Parts of this page">
        {parts.map(([id, title]) => (
          <a key={id} href={`#${hrefOf(fragment, id)}`}>
            {title}
          </a>
        ))}
      </nav>
      <ThemeButton />
    </header>
  );
}

/** A place on the page, with what is filtered kept. */
const hrefOf = (fragment: Fragment, id: string): string => {
  const { check: _, at: __, ...kept } = fragment;
  return Object.keys(kept).length === 0 ? id : formatFragment({ ...kept, at: id });
};

const day = (iso: string): string => {
  const date = new Date(iso);
  return Number.isNaN(date.getTime())
    ? iso
    : `${date.getUTCDate()} ${date.toLocaleString('en', { month: 'long', timeZone: 'UTC' })} ${date.getUTCFullYear()}`;
};

export const headlinesOf = (report: Report): readonly string[] => {
  const speed = speedSentence(report);
  return [
    ...(report.checks.length > 0 || speed === undefined ? [verdictSentence(report)] : []),
    ...(speed === undefined ? [] : [speed]),
  ];
};

/** The result in a sentence or two, and of what it is the result. */
function Head({ data }: { readonly data: ReportData }) {
  const { report, links } = data;
  const { run, cluster, versions, controller } = report;
  const [first = '', ...more] = headlinesOf(report);
  const where = cluster
    ? `${cluster.provider} cluster, Kubernetes ${versions.kubernetes ?? 'of unknown version'}`
    : 'no cluster';
  return (
    <div class="head">
      <p class="over">
        <Line text={titleOf(controller)} /> · <Line text={where} /> · {day(run.startedAt)}
      </p>
      <h1 class={first.length > 100 ? 'long' : undefined}>
        <Line text={first} />
      </h1>
      {more.map((sentence) => (
        <p key={sentence} class="lede">
          <Line text={sentence} />
        </p>
      ))}
      {run.ended !== 'completed' && <Ending report={report} />}
      <p class="told">
        {report.checks.length === 0 && report.benchmark ? 'Load' : `${report.checks.length} checks`} in{' '}
        {duration(run.durationMs)} by <code>{<Line text={run.command.join(' ')} most={120} />}</code>
      </p>
      {links && links.length > 0 && (
        <p class="links">
          {links.map(({ title, href }) => (
            <a key={href} href={href}>
              <Line text={title} />
            </a>
          ))}
        </p>
      )}
    </div>
  );
}

const endings = {
  completed: '',
  stopped: 'The run was stopped at its first failure: what comes after it was not tried.',
  interrupted: 'The run was interrupted: what is shown had been finished by then.',
  'broken-off': 'The run broke off, by no fault of the controller: what is shown had been finished by then.',
} as const;

function Ending({ report: { run } }: { readonly report: Report }) {
  return (
    <div class="problem" role="note">
      <p>
        <strong>{endings[run.ended]}</strong>
      </p>
      {run.problem && (
        <>
          <Block text={`${run.problem.code}: ${run.problem.message}`} label="What broke it off" />
          {run.problem.next && <p>Next: {printable(run.problem.next)}</p>}
          {run.problem.log && <p>Log: {printable(run.problem.log)}</p>}
        </>
      )}
    </div>
  );
}

function Legend({ report }: { readonly report: Report }) {
  const present = shownKinds.filter((kind) =>
    report.checks.some((check) => (isKnownFailure(check) ? 'known' : check.verdict.kind) === kind),
  );
  return (
    <p class="legend">
      {present.map((kind) => (
        <span key={kind}>
          <i class={`sign ${kind}`} aria-hidden="true">
            {glyphs[kind]}
          </i>{' '}
          {words[kind]}
        </span>
      ))}
    </p>
  );
}
