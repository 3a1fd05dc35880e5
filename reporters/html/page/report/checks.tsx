import { useState } from 'preact/hooks';
import { levels } from '../../../../src/model/claim.ts';
import { duration } from '../../../../src/model/printable.ts';
import type { CheckReport, Report } from '../../../../src/model/report.ts';
import { suiteOf } from '../../../../src/model/summary.ts';
import { type Fragment, keyOf } from '../fragment.ts';
import { Line } from '../text.tsx';
import { countShown, Glyph, type Shown, shownOf, words } from '../verdict.tsx';
import { CheckDetail } from './check-detail.tsx';

/** Rows made at once: more are a button away, so that ten thousand checks do not keep a reader waiting. */
const rowsAtOnce = 200;

/** What a reader sees of a check that is not open: what came, or why nothing did. */
export function remarkOf({ verdict, knownDeviation }: CheckReport): string {
  switch (verdict.kind) {
    case 'failed':
      return verdict.failure.actual;
    case 'observed':
      return verdict.value;
    case 'passed':
      return knownDeviation ? 'listed as known to fail: is it still?' : '';
    default:
      return verdict.reason;
  }
}

/** The verdicts that are asked for; none where all are. */
const chosenKinds = (verdict = ''): readonly string[] =>
  verdict.split(',').filter((kind) => kind !== '' && kind !== 'all');

/** The checks that the fragment asks for. */
export function selectChecks(
  checks: readonly CheckReport[],
  { verdict, level, suite, q }: Fragment,
): readonly CheckReport[] {
  const kinds = chosenKinds(verdict);
  const wanted = q?.toLowerCase();
  const found = checks.filter(
    (check) =>
      (kinds.length === 0 || kinds.includes(shownOf(check))) &&
      (!level || check.level === level) &&
      (!suite || keyOf(suiteOf(check.id)) === suite) &&
      (!wanted || `${check.id} ${check.title} ${remarkOf(check)}`.toLowerCase().includes(wanted)),
  );
  // What is news comes first, whatever else is shown.
  return [...found.filter(isNews), ...found.filter((check) => !isNews(check))];
}

const isNews = (check: CheckReport): boolean => ['failed', 'errored'].includes(shownOf(check));

interface Props {
  readonly report: Report;
  readonly fragment: Fragment;
  readonly change: (change: Fragment) => void;
}

/** Every check as a row that opens to its evidence, and what to narrow them down by. */
export function Checks({ report, fragment, change }: Props) {
  const [rows, setRows] = useState(rowsAtOnce);
  const selected = selectChecks(report.checks, fragment);
  const shown = withOpen(selected.slice(0, rows), report, fragment.check);
  return (
    <>
      <Filters report={report} fragment={fragment} change={change} />
      <p class="told" role="status">
        {selected.length === report.checks.length
          ? `All ${report.checks.length} checks.`
          : `${selected.length} of ${report.checks.length} checks.`}
      </p>
      <ol class="checks">
        {shown.map((check) => (
          <Row key={check.id} check={check} report={report} open={fragment.check === keyOf(check.id)} change={change} />
        ))}
      </ol>
      {selected.length > rows && (
        <p class="more">
          <button type="button" onClick={() => setRows(rows + rowsAtOnce)}>
            Show {Math.min(rowsAtOnce, selected.length - rows)} more
          </button>{' '}
          <button type="button" class="quiet" onClick={() => setRows(selected.length)}>
            Show all {selected.length}
          </button>
        </p>
      )}
    </>
  );
}

/** A link to one check shows it whatever the filters say. */
function withOpen(shown: readonly CheckReport[], report: Report, id: string | undefined): readonly CheckReport[] {
  const open = report.checks.find((check) => keyOf(check.id) === id);
  return open === undefined || shown.includes(open) ? shown : [open, ...shown];
}

function Row(props: {
  readonly check: CheckReport;
  readonly report: Report;
  readonly open: boolean;
  readonly change: (change: Fragment) => void;
}) {
  const { check, report, open, change } = props;
  const toggle = (event: Event) => {
    const isOpen = (event.currentTarget as HTMLDetailsElement).open;
    if (isOpen !== open) change({ check: isOpen ? keyOf(check.id) : '' });
  };
  return (
    <li id={`check=${keyOf(check.id)}`}>
      <details class={`check ${shownOf(check)}`} open={open} onToggle={toggle}>
        <summary>
          <Glyph shown={shownOf(check)} />
          <span class="title">
            <Line text={check.title} />
            <span class="id">
              <Line text={check.id} />
            </span>
          </span>
          <span class="remark">
            <Line text={remarkOf(check)} most={160} />
          </span>
          <span class="level">{check.level}</span>
          <span class="time">{duration(check.durationMs)}</span>
        </summary>
        {open && <CheckDetail check={check} report={report} />}
      </details>
    </li>
  );
}

function Filters({ report, fragment, change }: Props) {
  const chosen = new Set(chosenKinds(fragment.verdict));
  const turn = (kind: Shown) => {
    const next = new Set(chosen);
    if (!next.delete(kind)) next.add(kind);
    change({ verdict: [...next].join(',') || 'all' });
  };
  const suites = [...new Set(report.checks.map(({ id }) => keyOf(suiteOf(id))))];
  const isNarrowed = chosen.size > 0 || Boolean(fragment.level || fragment.suite || fragment.q);
  return (
    <search class="filters">
      <fieldset>
        <legend class="unseen">Verdicts</legend>
        {[...countShown(report.checks)].map(([kind, count]) => (
          <button
            key={kind}
            type="button"
            class={`chip ${kind}`}
            aria-pressed={chosen.has(kind)}
            onClick={() => turn(kind)}
          >
            {words[kind]} <b>{count}</b>
          </button>
        ))}
      </fieldset>
      <div class="choices">
        <Choice
          name="Suite"
          all="all suites"
          values={suites}
          value={fragment.suite}
          choose={(suite) => change({ suite })}
        />
        <Choice
          name="Level"
          all="all levels"
          values={levels}
          value={fragment.level}
          choose={(level) => change({ level })}
        />
        <input
          type="search"
          aria-label="Search checks"
          placeholder="Search checks"
          value={fragment.q ?? ''}
          onInput={(event) => change({ q: event.currentTarget.value })}
        />
        {isNarrowed && (
          <button type="button" class="quiet" onClick={() => change({ verdict: 'all', level: '', suite: '', q: '' })}>
            Show all
          </button>
        )}
      </div>
    </search>
  );
}

function Choice(props: {
  readonly name: string;
  readonly all: string;
  readonly values: readonly string[];
  readonly value: string | undefined;
  readonly choose: (value: string) => void;
}) {
  const { name, all, values, value, choose } = props;
  return (
    <select aria-label={name} value={value ?? ''} onChange={(event) => choose(event.currentTarget.value)}>
      <option value="">{all}</option>
      {values.map((one) => (
        <option key={one} value={one}>
          {one}
        </option>
      ))}
    </select>
  );
}
