import { Document } from 'yaml';
import type { Level } from '../src/model/claim.ts';
import { printableLine, shortened } from '../src/model/printable.ts';
import type { CheckReport, Report } from '../src/model/report.ts';
import { defineReporter } from '../src/model/reporter.ts';
import { bySuite, isKnownFailure, tally } from '../src/model/summary.ts';

const remark = ` In the shape of Gateway API's ConformanceReport, for programs that read such; not a report of Gateway API's own suite.
 What is tried is the Ingress API, by ingress-assay. Each profile is one of its suites. How the rest is mapped:
   core                 checks of the level spec: the API's own words say so
   extended             checks of the level convention: users rely on it, no word of the API demands it
   Passed, Failed       as they are; failures that the controller is known for count as failed
   Skipped              skipped and errored: nothing is known of the controller; of core also unsupported
   result               failure if one failed, else partial if one was skipped or none was tried, else success
   supportedFeatures    extended checks that were put to the controller, whatever came of it
   unsupportedFeatures  extended checks that could not be put to it on this cluster
   organization         the controller's name: who maintains it is not known to the tool
 Observations claim nothing and are left out. gatewayAPIVersion and gatewayAPIChannel have no meaning here.`;

const text = (value: string): string => printableLine(shortened(value, 1000));
const ids = (checks: readonly CheckReport[]): string[] => checks.map(({ id }) => text(id));

interface Status {
  readonly result: 'success' | 'partial' | 'failure';
  readonly statistics: { readonly Passed: number; readonly Skipped: number; readonly Failed: number };
  readonly skippedTests?: readonly string[];
  readonly failedTests?: readonly string[];
}

function statusOf(checks: readonly CheckReport[]): Status {
  const { passed, failed } = tally(checks);
  const of = (...kinds: readonly string[]) => ids(checks.filter(({ verdict }) => kinds.includes(verdict.kind)));
  const skippedTests = of('skipped', 'errored', 'unsupported');
  return {
    result: failed > 0 ? 'failure' : skippedTests.length > 0 || passed === 0 ? 'partial' : 'success',
    statistics: { Passed: passed, Skipped: skippedTests.length, Failed: failed },
    ...(skippedTests.length > 0 && { skippedTests }),
    ...(failed > 0 && { failedTests: of('failed') }),
  };
}

/** Of a failure that is known nobody need be surprised. */
const told = (what: string, { result, statistics: { Passed, Skipped, Failed } }: Status, known: number): string =>
  Passed + Skipped + Failed === 0
    ? `${what}: nothing to try here.`
    : `${what}: ${result}, ${Passed} passed, ${Skipped} skipped, ${Failed} failed${known > 0 ? ` (known: ${known})` : ''}.`;

function profileOf(suite: string, checks: readonly CheckReport[]) {
  const ofLevel = (level: Level) => checks.filter((check) => check.level === level);
  const [spec, convention] = [ofLevel('spec'), ofLevel('convention')];
  if (spec.length + convention.length === 0) return [];
  const isUnsupported = ({ verdict }: CheckReport) => verdict.kind === 'unsupported';
  const tried = convention.filter((check) => !isUnsupported(check));
  const supportedFeatures = ids(tried);
  const unsupportedFeatures = ids(convention.filter(isUnsupported));
  const core = statusOf(spec);
  const extended = statusOf(tried);
  const knownOf = (some: readonly CheckReport[]) => some.filter(isKnownFailure).length;
  return [
    {
      name: `INGRESS-${text(suite).toUpperCase()}`,
      summary: [
        told('Core', core, knownOf(spec)),
        ...(convention.length > 0 ? [told('Extended', extended, knownOf(convention))] : []),
      ].join(' '),
      core,
      ...(convention.length > 0 && {
        extended: {
          ...extended,
          ...(supportedFeatures.length > 0 && { supportedFeatures }),
          ...(unsupportedFeatures.length > 0 && { unsupportedFeatures }),
        },
      }),
    },
  ];
}

function render(report: Report): string {
  const { controller, run } = report;
  const document = new Document({
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'ConformanceReport',
    date: run.startedAt,
    gatewayAPIVersion: 'none',
    gatewayAPIChannel: 'none',
    mode: 'default',
    implementation: {
      organization: text(controller.name),
      project: text(controller.title),
      url: text(controller.homepage),
      version: text(controller.version),
      contact: [text(controller.homepage)],
    },
    profiles: [...bySuite(report)].flatMap(([suite, checks]) => profileOf(suite, checks)),
  });
  document.commentBefore = [
    remark,
    ...(run.ended === 'completed' ? [] : [` The run did not complete: ${run.ended}.`]),
    ...(controller.experimental
      ? [' The definition of this controller is experimental: no run of it is recorded.']
      : []),
  ].join('\n');
  return document.toString({ lineWidth: 0 });
}

export default defineReporter({
  name: 'conformance-report',
  summary: 'YAML in the shape of Gateway API’s ConformanceReport',
  file: 'conformance-report.yaml',
  render,
});
