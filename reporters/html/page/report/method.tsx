import type { ComponentChildren } from 'preact';
import { duration } from '../../../../src/model/printable.ts';
import type { Report } from '../../../../src/model/report.ts';
import { titleOf } from '../../../../src/model/summary.ts';
import type { ReportData } from '../../page-data.ts';
import { figure } from '../number.ts';
import { Command, Line, Link } from '../text.tsx';
import { Download } from './download.tsx';

/** An argument as a shell takes it. */
const quoted = (argument: string): string =>
  /^[\w@%+=:,./-]+$/.test(argument) ? argument : `'${argument.replace(/'/g, `'\\''`)}'`;

const gib = (bytes: number): string => `${figure(bytes / 1024 ** 3)} GiB`;

function Facts({
  of,
  title,
}: {
  readonly of: readonly (readonly [string, ComponentChildren])[];
  readonly title: string;
}) {
  return (
    <section class="facts">
      <h3>{title}</h3>
      <dl>
        {of.map(([name, value]) => (
          <div key={name}>
            <dt>
              <Line text={name} />
            </dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

/** What it takes to believe the page, and to make it again: the command, the machine, the versions, the seeds, the file itself. */
export function Method({ data }: { readonly data: ReportData }) {
  const { report } = data;
  const { run, environment, versions, cluster, controller, benchmark, tool } = report;
  const command = run.command.map(quoted).join(' ');
  return (
    <>
      <Command text={command} label="The command of this run" />
      <p>
        <Download data={data} />{' '}
        <span class="told">Every figure and verdict of this page, and the exchanges behind them.</span>
      </p>
      <div class="columns">
        <Facts
          title="Run"
          of={[
            ['begun', run.startedAt],
            ['took', duration(run.durationMs)],
            ['ended', run.ended],
            ...run.phases.map(({ name, durationMs }) => [name, duration(durationMs)] as const),
            ['tool', <Line key="tool" text={`${tool.name} ${tool.version}`} />],
            ['schema', `version ${report.version}`],
          ]}
        />
        <Facts
          title="Machine and cluster"
          of={[
            ['cpu', <Line key="cpu" text={`${environment.cores} × ${environment.cpu}`} />],
            ['memory', gib(environment.memoryBytes)],
            ['system', <Line key="os" text={`${environment.os}, kernel ${environment.kernel}`} />],
            ...(cluster === undefined
              ? ([['cluster', 'none was there']] as const)
              : ([
                  ['cluster', <Line key="cluster" text={`${cluster.provider}, ${cluster.name}`} />],
                  [
                    'nodes',
                    <Line
                      key="nodes"
                      text={cluster.nodes.map(({ name, address }) => `${name} (${address})`).join(', ')}
                    />,
                  ],
                  ['able to', <Line key="able" text={cluster.capabilities.join(', ') || 'nothing special'} />],
                ] as const)),
            ['controller', <Line key="controller" text={titleOf(controller)} />],
            ['its home', <Link key="home" href={controller.homepage} />],
            ['ingress class', <Line key="class" text={controller.ingressClass} />],
          ]}
        />
        <Facts
          title="Versions"
          of={Object.entries(versions).map(([name, version]) => [name, <Line key={name} text={version} />] as const)}
        />
        {benchmark && (
          <Facts
            title="Load"
            of={[
              ['profile', <Line key="profile" text={benchmark.profile} />],
              ['seed', String(benchmark.seed)],
              ['runs per side', String(benchmark.runsPerSide)],
              ...(benchmark.against
                ? ([['held against', <Line key="against" text={titleOf(benchmark.against)} />]] as const)
                : []),
              ['placement', <Line key="placement" text={benchmark.placement.text} most={2000} />],
              ['engines', <Line key="engines" text={enginesOf(benchmark)} />],
              ...(benchmark.conditions
                ? ([
                    ['conditions', <Line key="conditions" text={benchmark.conditions.join(' ')} most={4000} />],
                  ] as const)
                : []),
            ]}
          />
        )}
      </div>
    </>
  );
}

const enginesOf = ({ scenarios }: NonNullable<Report['benchmark']>): string =>
  [
    ...new Set(
      scenarios.flatMap(({ points }) =>
        points.flatMap(({ runs }) => runs.map(({ result }) => `${result.engine} ${result.engineVersion}`)),
      ),
    ),
  ].join(', ');
