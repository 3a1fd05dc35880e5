import Builder from 'fast-xml-builder';
import { shortened } from '../src/model/printable.ts';
import type { CheckReport, Report } from '../src/model/report.ts';
import { defineReporter } from '../src/model/reporter.ts';
import { bySuite, tally, titleOf } from '../src/model/summary.ts';

const evidenceLimit = 16_384;
const textLimit = 65_536;

/**
 * Only what XML 1.0 may hold at all (its production `Char`); no escape brings the rest in. GitLab and Jenkins read `[[ATTACHMENT|…]]`
 * in an output as the name of a file to show: a controller's text names none.
 */
const xmlText = (text: string): string =>
  shortened(text, textLimit)
    .replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '\ufffd')
    .replaceAll('[[ATTACHMENT|', '[[ATTACHMENT¦');

const seconds = (ms: number): string => (ms / 1000).toFixed(3);
const properties = (entries: readonly (readonly [string, string])[]) => ({
  property: entries.map(([name, value]) => ({ '@name': xmlText(name), '@value': xmlText(value) })),
});

function failureText({ verdict, requirement, knownDeviation, controllerLog }: CheckReport): string {
  if (verdict.kind !== 'failed') return '';
  const { expected, actual, curl } = verdict.failure;
  return [
    `expected: ${expected}`,
    `actual: ${actual}`,
    `required: ${requirement.text}`,
    requirement.source,
    ...(curl === undefined ? [] : [curl]),
    ...(knownDeviation ? [`known: ${knownDeviation.reason}`, knownDeviation.link] : []),
    ...(controllerLog === undefined ? [] : ['the controller logged:', ...controllerLog]),
  ].join('\n');
}

/** GitLab shows the text of an outcome, Jenkins its message: both have it. Of a skipped one the text does for both. */
function outcome(check: CheckReport) {
  const { verdict } = check;
  switch (verdict.kind) {
    case 'failed': {
      const message = `expected ${verdict.failure.expected}, got ${verdict.failure.actual}`;
      return { failure: { '@message': xmlText(message), '@type': 'failed', '#text': xmlText(failureText(check)) } };
    }
    case 'errored': {
      const text = verdict.code === undefined ? verdict.reason : `${verdict.code}: ${verdict.reason}`;
      return { error: { '@message': xmlText(verdict.reason), '@type': 'errored', '#text': xmlText(text) } };
    }
    case 'skipped':
    case 'unsupported':
      return { skipped: xmlText(`${verdict.kind}: ${verdict.reason}`) };
    case 'observed':
    case 'passed':
      return {};
  }
}

/** What a test case has no attribute for, short lines first: Jenkins shows only so much of a test that passed. */
const output = ({ level, verdict, requirement, knownDeviation, evidence }: CheckReport): string =>
  [
    `level: ${level}`,
    `verdict: ${verdict.kind === 'observed' ? `observed ${verdict.value}` : verdict.kind}`,
    `requirement: ${requirement.source}`,
    ...(knownDeviation ? [`listed as known to fail: ${knownDeviation.link}`] : []),
    ...(Object.keys(evidence).length === 0
      ? []
      : [`evidence: ${shortened(JSON.stringify(evidence, null, 1), evidenceLimit)}`]),
  ].join('\n');

const testcase = (classname: string, check: CheckReport) => ({
  '@classname': classname,
  '@name': xmlText(`${check.id}: ${check.title}`),
  '@time': seconds(check.durationMs),
  ...outcome(check),
  'system-out': xmlText(output(check)),
});

function counts(checks: readonly CheckReport[], more = { tests: 0, errors: 0 }) {
  const { failed, errored, skipped, unsupported } = tally(checks);
  return {
    '@tests': String(checks.length + more.tests),
    '@failures': String(failed),
    '@errors': String(errored + more.errors),
    '@skipped': String(skipped + unsupported),
    '@time': seconds(checks.reduce((sum, check) => sum + check.durationMs, 0)),
  };
}

/** A run that was broken off is an error of its own: else one that never came to a check would look like an empty one that is fine. */
function runSuite({ run }: Report, about: object, classname: string) {
  if (run.ended !== 'broken-off') return [];
  const { code, message, next, log } = run.problem ?? {
    code: 'internal',
    message: 'it is not known what broke it off',
  };
  const lines = [`${code}: ${message}`, ...(next ? [`next: ${next}`] : []), ...(log ? [`log: ${log}`] : [])];
  const error = { '@message': xmlText(message), '@type': 'errored', '#text': xmlText(lines.join('\n')) };
  return [
    {
      '@name': 'run',
      '@timestamp': run.startedAt,
      ...counts([], { tests: 1, errors: 1 }),
      properties: about,
      testcase: [{ '@classname': classname, '@name': 'the run comes to its end', '@time': seconds(0), error }],
    },
  ];
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
  // Jenkins takes what is before the last dot as a package: the controller, so that several reports stay apart.
  const classOf = (suite: string) => xmlText(`${controller.name.replaceAll('.', '_')}.${suite.replaceAll('.', '_')}`);
  const brokenOff = runSuite(report, about, classOf('run'));
  const { '@skipped': _, ...sums } = counts(report.checks, { tests: brokenOff.length, errors: brokenOff.length });
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
      ...sums,
      testsuite: [
        ...brokenOff,
        ...[...bySuite(report)].map(([suite, checks]) => ({
          '@name': xmlText(suite),
          '@timestamp': run.startedAt,
          ...counts(checks),
          properties: about,
          testcase: checks.map((check) => testcase(classOf(suite), check)),
        })),
      ],
    },
  });
}

export default defineReporter({
  name: 'junit',
  summary: 'JUnit XML: the verdicts, as CI systems read them',
  file: 'junit.xml',
  render,
});
