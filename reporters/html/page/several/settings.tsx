import { duration } from '../../../../src/model/printable.ts';
import { tally, tallyLine } from '../../../../src/model/summary.ts';
import type { Setting } from '../../page-data.ts';
import { Line, Scrolls } from '../text.tsx';
import { MemberName } from './check-table.tsx';

/** Where each report comes from, and its own page. */
export function Settings({ settings }: { readonly settings: readonly Setting[] }) {
  return (
    <>
      {settings.map(({ title, details, members }) => (
        <section key={title} class="facts apart">
          <h3>
            <Line text={title} />
          </h3>
          <p class="told">
            {details.map(([name, value]) => (
              <span key={name} class="fact">
                {name} <Line text={value} />
              </span>
            ))}
          </p>
          <Scrolls label={`Reports of ${title}`}>
            <table>
              <thead>
                <tr>
                  <th scope="col">Report</th>
                  <th scope="col">Verdicts</th>
                  <th scope="col">Took</th>
                  <th scope="col">File</th>
                  <th scope="col">Command</th>
                </tr>
              </thead>
              <tbody>
                {members.map((member) => (
                  <tr key={member.href}>
                    <th scope="row">
                      <MemberName member={member} />
                    </th>
                    <td>{tallyLine(tally(member.report.checks))}</td>
                    <td>{duration(member.report.run.durationMs)}</td>
                    <td>
                      <Line text={member.file} most={100} />
                    </td>
                    <td>
                      <code>
                        <Line text={member.report.run.command.join(' ')} most={120} />
                      </code>
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </Scrolls>
        </section>
      ))}
    </>
  );
}
