import type { Report } from '../../../../src/model/report.ts';
import { Chart } from '../charts/chart.tsx';
import { heightOfPool, poolChart } from '../charts/pool-chart.ts';
import { heightOfSamples, medianOf, samplesChart } from '../charts/samples-chart.ts';
import { formatFragment, keyOf } from '../fragment.ts';
import { figure } from '../number.ts';
import { Line, Scrolls } from '../text.tsx';
import { Value } from '../value.tsx';
import { type Affinity, affinities, type Pool, pools, type Reconfiguration, reconfigurations } from './changes-read.ts';

/** Whether there is anything to show of how changes reach traffic. */
export const hasChanges = (report: Report): boolean =>
  reconfigurations(report).length + pools(report).length + affinities(report).length > 0;

/** How changes reach traffic: edits of a rule, a pool that grows, clients that stay. */
export function Changes({ report }: { readonly report: Report }) {
  return (
    <>
      {reconfigurations(report).map((one) => (
        <Edits key={one.check.id} of={one} />
      ))}
      {pools(report).map((one) => (
        <PoolGrowth key={one.check.id} of={one} />
      ))}
      {affinities(report).map((one) => (
        <Grid key={one.check.id} of={one} />
      ))}
    </>
  );
}

function CheckLink({ id }: { readonly id: string }) {
  return (
    <a class="id" href={`#${formatFragment({ check: keyOf(id), at: 'checks' })}`}>
      <Line text={id} />
    </a>
  );
}

const defined = (values: readonly (number | undefined)[]): readonly number[] =>
  values.filter((value) => value !== undefined);

function Edits({ of: { check, edits, void: reason } }: { readonly of: Reconfiguration }) {
  const groups = [
    { name: 'new rule first served', ms: defined(edits.map(({ firstCorrectMs }) => firstCorrectMs)) },
    { name: 'old rule last served', ms: defined(edits.map(({ lastStaleMs }) => lastStaleMs)) },
    { name: 'both side by side for', ms: defined(edits.map(({ mixedMs }) => mixedMs)) },
  ].filter(({ ms }) => ms.length > 0);
  const first = groups[0]?.ms ?? [];
  const says = `Of ${edits.length} edits the new rule was first served after ${figure(medianOf(first))} ms in the middle, after ${figure(Math.max(...first))} ms at most.`;
  return (
    <Chart
      level={3}
      title="From an edit of a rule to traffic"
      says={says}
      height={heightOfSamples(groups)}
      draw={(width) => samplesChart(groups, 'ms after the API’s answer', width)}
      table={() => ({
        columns: ['edit', 'to', 'new first served ms', 'old last served ms', 'side by side ms', 'resolution ms'],
        rows: edits.map((edit, index) => [
          index + 1,
          edit.to,
          edit.firstCorrectMs,
          edit.lastStaleMs,
          edit.mixedMs,
          edit.resolutionMs,
        ]),
      })}
    >
      <p class={reason === undefined ? 'says' : 'says voided'}>{says}</p>
      {reason !== undefined && (
        <p class="void-reason">
          <Line text={reason} />
        </p>
      )}
      <p class="told">
        Every edit is a dot. A request left every 2 ms; <CheckLink id={check.id} />
      </p>
    </Chart>
  );
}

function PoolGrowth({ of: { check, lanes } }: { readonly of: Pool }) {
  const grown = lanes.flatMap(({ readyMs, answers, listed }) => {
    const served = answers.find(([, , count]) => count > 0)?.[0];
    const from = listed[0]?.[0];
    return readyMs === undefined ? [] : [{ readyMs, served, from }];
  });
  const afterReady = defined(grown.map(({ readyMs, from }) => (from === undefined ? undefined : from - readyMs)));
  const missing = grown.filter(({ served }) => served === undefined).length;
  const says =
    grown.length === 0
      ? `${lanes.length} pods answered.`
      : `${grown.length} new pods; ${
          afterReady.length < grown.length
            ? `${grown.length - afterReady.length} never listed`
            : `the last was listed ${figure(Math.max(...afterReady))} ms after it was Ready`
        }${missing > 0 ? `, ${missing} never answered` : ', and all answered'}.`;
  return (
    <Chart
      level={3}
      title="A pool that grows: what the controller lists, and who really answers"
      says={says}
      height={heightOfPool(lanes)}
      draw={(width) => poolChart(lanes, width)}
      table={() => ({
        columns: ['pod', 'Ready ms', 'listed from ms', 'listed to ms', 'answers'],
        rows: lanes.map(({ pod, readyMs, listed, answers }) => [
          pod,
          readyMs,
          listed[0]?.[0],
          listed.at(-1)?.[1],
          answers.reduce((sum, [, , count]) => sum + count, 0),
        ]),
      })}
    >
      <p class="says">{says}</p>
      <p class="told">
        <span class="swatch side-b" aria-hidden="true" /> listed by the controller{' '}
        <span class="swatch side-a" aria-hidden="true" /> answered requests, the darker the more;{' '}
        <CheckLink id={check.id} />
      </p>
    </Chart>
  );
}

function Grid({ of: { check, pods, clients, lost } }: { readonly of: Affinity }) {
  const most = Math.max(1, ...clients.flatMap(({ requests }) => requests));
  const heat = (count: number) => (count === 0 ? 'heat-0' : `heat-${Math.max(1, Math.ceil((4 * count) / most))}`);
  const podsOf = ({ requests }: Affinity['clients'][number]) => requests.filter((count) => count > 0).length;
  const moved = clients.filter((client) => podsOf(client) > 1);
  const had = ({ requests }: Affinity['clients'][number], pod: string) => (requests[pods.indexOf(pod)] ?? 0) > 0;
  const bereft = moved.filter((client) => lost !== undefined && podsOf(client) === 2 && had(client, lost));
  const others = moved.filter((client) => !bereft.includes(client));
  const says = [
    `${clients.length - moved.length} of ${clients.length} clients met one pod only`,
    ...(bereft.length > 0 ? [`${bereft.length} had theirs deleted and went to one other`] : []),
    ...others.slice(0, 3).map((client) => `${client.name} met ${podsOf(client)}`),
  ].join('; ');
  return (
    <figure class="chart">
      <figcaption>
        <h3 class="chart-title">Clients that stay on their pod</h3>
        <p class="says">
          <Line text={`${says}.`} />
        </p>
        <p class="told">
          Requests by pod and client; <CheckLink id={check.id} />
        </p>
      </figcaption>
      <Scrolls label="Requests by pod and client">
        <table class="grid">
          <thead>
            <tr>
              <th scope="col">Pod</th>
              {clients.map(({ name }) => (
                <th key={name} scope="col">
                  <ClientName name={name} />
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {pods.map((pod, row) => (
              <tr key={pod}>
                <th scope="row" class="id">
                  <Line text={pod} most={60} />
                </th>
                {clients.map(({ name, requests }) => (
                  <td key={name} class={heat(requests[row] ?? 0)}>
                    {(requests[row] ?? 0) === 0 ? '' : <Value of={requests[row] ?? 0} />}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </Scrolls>
    </figure>
  );
}

/** Of a numbered client only the number is seen: there are many, side by side. */
function ClientName({ name }: { readonly name: string }) {
  const [, number] = /^client (\d+)$/.exec(name) ?? [];
  if (number === undefined) return <Line text={name} most={60} />;
  return (
    <>
      <span class="unseen">client </span>
      {number}
    </>
  );
}
