import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Cluster } from '../model/cluster.ts';
import type { Controller } from '../model/controller.ts';
import { AssayError, messageOf } from '../model/errors.ts';
import { type CheckReport, type Report, reportSchemaVersion } from '../model/report.ts';
import { packageRoot } from '../paths.ts';
import { describeMachine } from './environment.ts';
import type { Outcome } from './ledger.ts';

/** Name and version of this package. */
export const tool = JSON.parse(readFileSync(join(packageRoot, 'package.json'), 'utf8')) as {
  readonly name: string;
  readonly version: string;
};

/** What a run knows of itself; enough for a report at any moment of it. */
export interface RunFacts {
  readonly startedAtMs: number;
  readonly durationMs: number;
  readonly command: readonly string[];
  readonly ended: Report['run']['ended'];
  /** Whatever was thrown to end it early. */
  readonly thrown?: unknown;
  readonly phases: Report['run']['phases'];
  readonly cluster?: Pick<Cluster, 'provider' | 'name' | 'nodes' | 'capabilities' | 'versions'> | undefined;
  /** What stood for images, by image. */
  readonly standIns?: Readonly<Record<string, string>> | undefined;
  readonly controller: Controller;
  readonly outcomes: readonly Outcome[];
  /** Of what took part beside tool, controller and cluster. */
  readonly versions?: Readonly<Record<string, string>>;
  /** What load was measured, where any was. */
  readonly benchmark?: Report['benchmark'];
}

function problemOf(thrown: unknown): NonNullable<Report['run']['problem']> {
  if (!(thrown instanceof AssayError)) return { code: 'internal', message: messageOf(thrown) };
  const { code, message, next, log } = thrown;
  return { code, message, ...(next === undefined ? {} : { next }), ...(log === undefined ? {} : { log }) };
}

/** Evidence as JSON can hold it: a figure that it cannot hold must not cost the report. */
function storable(evidence: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const entries = Object.entries(evidence).map(([name, value]) => {
    try {
      return [name, JSON.parse(JSON.stringify(value ?? null))];
    } catch (error) {
      return [name, `not storable: ${messageOf(error)}`];
    }
  });
  return Object.fromEntries(entries);
}

function checkReport(
  { check, verdict, startedAtMs, durationMs, evidence, controllerLog }: Outcome,
  controller: Controller,
): CheckReport {
  const known = controller.knownDeviations.find((deviation) => deviation.check === check.id);
  return {
    id: check.id,
    title: check.title,
    level: check.level,
    requirement: check.requirement,
    // The schema and the type say the same; only their readonly marks differ.
    verdict: JSON.parse(JSON.stringify(verdict)),
    ...(known ? { knownDeviation: { reason: known.reason, link: known.link } } : {}),
    ...(startedAtMs === undefined ? {} : { startedAt: new Date(startedAtMs).toISOString() }),
    durationMs,
    evidence: storable(evidence),
    ...(controllerLog === undefined ? {} : { controllerLog }),
  };
}

/** The report of a run as far as it has come. */
export function composeReport(facts: RunFacts): Report {
  const { cluster, controller } = facts;
  return {
    schema: 'ingress-assay/report',
    version: reportSchemaVersion,
    tool: { name: tool.name, version: tool.version },
    run: {
      startedAt: new Date(facts.startedAtMs).toISOString(),
      durationMs: facts.durationMs,
      command: facts.command,
      ended: facts.ended,
      ...(facts.thrown === undefined ? {} : { problem: problemOf(facts.thrown) }),
      phases: facts.phases,
    },
    environment: describeMachine(),
    versions: {
      [tool.name]: tool.version,
      node: process.version,
      [controller.name]: controller.version,
      ...cluster?.versions,
      ...facts.versions,
      ...facts.standIns,
    },
    ...(cluster === undefined
      ? {}
      : {
          cluster: {
            provider: cluster.provider,
            name: cluster.name,
            nodes: cluster.nodes.map(({ name, address }) => ({ name, address })),
            capabilities: [...cluster.capabilities],
          },
        }),
    controller: {
      name: controller.name,
      title: controller.title,
      version: controller.version,
      homepage: controller.homepage,
      ingressClass: controller.ingressClass,
      ...(controller.experimental && { experimental: true as const }),
    },
    checks: facts.outcomes.map((outcome) => checkReport(outcome, controller)),
    ...(facts.benchmark === undefined ? {} : { benchmark: facts.benchmark }),
  };
}
