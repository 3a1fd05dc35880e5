import { useState } from 'preact/hooks';
import type { CheckReport } from '../../../../src/model/report.ts';
import type { Member, Setting } from '../../page-data.ts';
import { formatFragment, keyOf } from '../fragment.ts';
import { remarkOf } from '../report/checks.tsx';
import { Line, Scrolls } from '../text.tsx';
import { Glyph, shownOf } from '../verdict.tsx';
import { type CheckRow, membersOf } from './differ.ts';

const rowsAtOnce = 200;

/** Checks as rows, reports as columns, those of each setting under its name; a cell leads to its evidence. */
export function CheckTable(props: {
  readonly settings: readonly Setting[];
  readonly rows: readonly CheckRow[];
  readonly caption: string;
}) {
  const { settings, rows, caption } = props;
  const [most, setMost] = useState(rowsAtOnce);
  const members = membersOf(settings);
  return (
    <Scrolls label={caption}>
      <table class="several">
        <caption class="unseen">{caption}</caption>
        <thead>
          {settings.length > 1 && (
            <tr>
              <td />
              {settings.map(({ title, members: { length } }, index) => (
                <th key={title} scope="colgroup" colSpan={length} class={index % 2 === 0 ? 'setting' : 'setting other'}>
                  <Line text={title} />
                </th>
              ))}
            </tr>
          )}
          <tr>
            <th scope="col">Check</th>
            {members.map((member) => (
              <th key={member.href} scope="col" class={edgeOf(settings, member)}>
                <MemberName member={member} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.slice(0, most).map(({ id, title, level, cells }) => (
            <tr key={id}>
              <th scope="row">
                <Line text={title} />
                <span class="id">
                  <Line text={id} /> · {level}
                </span>
              </th>
              {members.map((member, index) => (
                <td key={member.href} class={edgeOf(settings, member)}>
                  <CheckCell check={cells[index]} member={member} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {rows.length > most && (
        <button type="button" onClick={() => setMost(rows.length)}>
          Show {rows.length - most} more
        </button>
      )}
    </Scrolls>
  );
}

/** Where one setting ends and the next begins. */
const edgeOf = (settings: readonly Setting[], member: Member): string =>
  settings.some(({ members }, index) => index > 0 && members[0] === member) ? 'edge' : '';

/** Which controller, of which version, when and on what. */
export function MemberName({ member: { report, href } }: { readonly member: Member }) {
  const { controller, run, versions } = report;
  return (
    <>
      <a href={href}>
        <Line text={`${controller.title} ${controller.version}`} most={60} />
      </a>
      <span class="id">
        {controller.experimental && 'experimental, '}
        {run.startedAt.slice(0, 16).replace('T', ' ')}
        {versions.kubernetes && (
          <>
            , <Line text={versions.kubernetes} most={30} />
          </>
        )}
        {run.ended !== 'completed' && `, ${run.ended}`}
      </span>
    </>
  );
}

function CheckCell({ check, member }: { readonly check: CheckReport | undefined; readonly member: Member }) {
  if (check === undefined) return <span class="empty">not there</span>;
  const remark = check.verdict.kind === 'observed' || check.verdict.kind === 'failed' ? remarkOf(check) : '';
  return (
    <a class="cell" href={`${member.href}#${formatFragment({ check: keyOf(check.id), at: 'checks' })}`}>
      <Glyph shown={shownOf(check)} />
      {remark !== '' && (
        <span class="remark">
          <Line text={remark.replace(/ \(.*$/, '')} most={60} />
        </span>
      )}
    </a>
  );
}
