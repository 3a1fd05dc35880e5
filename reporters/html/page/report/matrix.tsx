import { levels } from '../../../../src/model/claim.ts';
import type { CheckReport, Report } from '../../../../src/model/report.ts';
import { bySuite } from '../../../../src/model/summary.ts';
import { formatFragment, keyOf } from '../fragment.ts';
import { Line, Scrolls } from '../text.tsx';
import { countShown, glyphs, type Shown, shownKinds, shownOf, words } from '../verdict.tsx';

/** As many checks as a row of signs stays countable for; beyond it a bar shows shares. */
const signsAtMost = 60;

const inOrder = (checks: readonly CheckReport[]): readonly Shown[] =>
  checks.map(shownOf).sort((one, other) => shownKinds.indexOf(one) - shownKinds.indexOf(other));

function Signs({ checks }: { readonly checks: readonly CheckReport[] }) {
  if (checks.length > signsAtMost) return <Shares checks={checks} />;
  return (
    <span class="signs" aria-hidden="true">
      {inOrder(checks).map((shown, index) => (
        <i key={index} class={`sign ${shown}`}>
          {glyphs[shown]}
        </i>
      ))}
    </span>
  );
}

function Shares({ checks }: { readonly checks: readonly CheckReport[] }) {
  let from = 0;
  return (
    <svg class="shares" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">
      {[...countShown(checks)].map(([shown, count]) => {
        const width = (100 * count) / checks.length;
        from += width;
        return <rect key={shown} class={`fill ${shown}`} x={from - width} width={width} height="8" />;
      })}
    </svg>
  );
}

const counted = (checks: readonly CheckReport[]): string =>
  [...countShown(checks)].map(([shown, count]) => `${count} ${words[shown]}`).join(', ');

/** The verdicts by suite and level, a sign for each check; a cell leads to its checks. */
export function Matrix({ report }: { readonly report: Report }) {
  const present = levels.filter((level) => report.checks.some((check) => check.level === level));
  if (present.length === 0) return <p class="empty">This run tried no check.</p>;
  return (
    <Scrolls label="Verdicts by suite and level">
      <table class="matrix">
        <caption class="unseen">Verdicts by suite and level</caption>
        <thead>
          <tr>
            <th scope="col">Suite</th>
            {present.map((level) => (
              <th key={level} scope="col">
                {levelTitles[level]}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {[...bySuite(report)].map(([suite, checks]) => (
            <tr key={suite}>
              <th scope="row">
                <Line text={suite} most={60} />
              </th>
              {present.map((level) => {
                const ofLevel = checks.filter((check) => check.level === level);
                if (ofLevel.length === 0) return <td key={level} class="none" />;
                const href = `#${formatFragment({ suite: keyOf(suite), level, at: 'checks' })}`;
                return (
                  <td key={level} data-level={levelTitles[level]}>
                    <a href={href}>
                      <Signs checks={ofLevel} />
                      <span class="counts">{counted(ofLevel)}</span>
                    </a>
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </Scrolls>
  );
}

/** What a level binds to, beside its name. */
export const levelTitles = {
  spec: 'Spec: the API says so',
  convention: 'Convention: users rely on it',
  observation: 'Observation: recorded, not judged',
} as const;
