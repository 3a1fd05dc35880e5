import Builder from 'fast-xml-builder';
import { shortened } from '../src/model/printable.ts';
import type { CheckReport, Report } from '../src/model/report.ts';
import { defineReporter } from '../src/model/reporter.ts';
import { bySuite, tally, titleOf } from '../src/model/summary.ts';

const evidenceLimit = 16_384;

/** Only what XML 1.0 may hold at all (its production `Char`); no escape brings the rest in. */
const xmlText = (text: string): string =>
  text.replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '\ufffd');

const seconds = (ms: number): string => (ms / 1000).toFixed(3);
const properties = (entries: readonly (readonly [string, string])[]) => ({
  property: entries.map(([name, value]) => ({ '@name': xmlText(name), '@value': xmlText(value) })),
});

function outcome({ verdict, requirement }: CheckReport) {
  switch (verdict.kind) {
    case 'failed': {
      const { expected, actual, curl } = verdict.failure;
      const lines = [`expected: ${expected}`, `actual: ${actual}`, `required: ${requirement.text}`, requirement.source];
      return {
        failure: {
          '@message': xmlText(`expected ${expected}, got ${actual}`),
          '@type': 'failed',
          '#text': xmlText([...lines, ...(curl === undefined ? [] : [curl])].join('\n')),
        },
      };
    }
    case 'errored':
      return {
        error: { '@message': xmlText(verdict.reason), '@type': verdict.code ?? 'errored' },
      };
    case 'skipped':
    case 'unsupported':
      return { skipped: { '@message': xmlText(`${verdict.kind}: ${verdict.reason}`) } };
    case 'observed':
    case 'passed':
      return {};
  }
}

const testcase = (suite: string, check: CheckReport) => ({
  '@classname': xmlText(suite),
  '@name': xmlText(`${check.id}: ${check.title}`),
  '@time': seconds(check.durationMs),
  properties: properties([
    ['level', check.level],
    ['verdict', check.verdict.kind],
    ['requirement', check.requirement.source],
    ...(check.verdict.kind === 'observed' ? ([['observed', check.verdict.value]] as const) : []),
    ...(check.knownDeviation ? ([['knownDeviation', check.knownDeviation.link]] as const) : []),
  ]),
  ...outcome(check),
  ...(Object.keys(check.evidence).length === 0
    ? {}
    : { 'system-out': xmlText(shortened(JSON.stringify(check.evidence), evidenceLimit)) }),
});

function counts(checks: readonly CheckReport[]) {
  const { failed, errored, skipped, unsupported } = tally(checks);
  const durationMs = checks.reduce((sum, check) => sum + check.durationMs, 0);
  return {
    '@tests': String(checks.length),
    '@failures': String(failed),
    '@errors': String(errored),
    '@skipped': String(skipped + unsupported),
    '@time': seconds(durationMs),
  };
}

function render(report: Report): string {
  const { run, environment, cluster, controller, versions } = report;
  const about = properties([
    ['controller', titleOf(controller)],
    ...(cluster ? ([['cluster', `${cluster.provider}/${cluster.name}`]] as const) : []),
    ['ended', run.ended],
    ...(run.problem ? ([['problem', `${run.problem.code}: ${run.problem.message}`]] as const) : []),
    ['os', environment.os],
    ...Object.entries(versions).map(([name, version]) => [`version.${name}`, version] as const),
  ]);
  const builder = new Builder({
    attributeNamePrefix: '@',
    ignoreAttributes: false,
    format: true,
    suppressEmptyNode: true,
  });
  return builder.build({
    '?xml': { '@version': '1.0', '@encoding': 'UTF-8' },
    testsuites: {
      '@name': `ingress-assay ${xmlText(controller.name)}`,
      ...counts(report.checks),
      testsuite: [...bySuite(report)].map(([suite, checks]) => ({
        '@name': xmlText(suite),
        '@timestamp': run.startedAt,
        ...counts(checks),
        properties: about,
        testcase: checks.map((check) => testcase(suite, check)),
      })),
    },
  });
}

export default defineReporter({
  name: 'junit',
  summary: 'JUnit XML, as CI systems read it',
  file: 'junit.xml',
  render,
});
