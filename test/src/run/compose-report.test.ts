import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { sendProbe } from '../../../src/kit/agent/send-probe.ts';
import type { Controller } from '../../../src/model/controller.ts';
import { environmentError } from '../../../src/model/errors.ts';
import { reportSchema, reportSchemaVersion } from '../../../src/model/report.ts';
import { packageRoot } from '../../../src/paths.ts';
import { composeReport, type RunFacts } from '../../../src/run/compose-report.ts';
import { answering, signed } from '../kit/raw-server.ts';
import { checkOf } from './check-of.ts';

const controller = {
  name: 'some',
  title: 'Some',
  version: '1.2.3',
  homepage: 'https://example.org/',
  ingressClass: 'some',
  knownDeviations: [{ check: 'a/known', reason: 'it is known', link: 'https://example.org/1' }],
} as unknown as Controller;

const facts: RunFacts = {
  startedAtMs: Date.UTC(2026, 0, 1),
  durationMs: 12.5,
  command: ['ingress-assay', 'conformance'],
  ended: 'completed',
  phases: [],
  controller,
  outcomes: [],
};
const failed = { kind: 'failed', failure: { expected: 'x', actual: 'y' } } as const;

describe('a composed report', () => {
  it('follows its schema at any moment of a run, with what broke it off', () => {
    const thrown = environmentError('some-code', 'it broke', { next: 'mend it', log: 'a.log' });
    const report = composeReport({ ...facts, ended: 'broken-off', thrown });
    expect(reportSchema.parse(report)).to.deep.equal(report);
    expect(report.run.problem).to.deep.equal({ code: 'some-code', message: 'it broke', next: 'mend it', log: 'a.log' });
    expect(report.versions).to.include({ some: '1.2.3', node: process.version });
  });

  it('keeps every word of a probe, be it answered or malformed', async () => {
    await using server = await answering((index) => (index === 0 ? signed('web') : 'garbage'));
    const request = { address: '127.0.0.1', port: server.port, version: '1.0', timeoutMs: 5_000 } as const;
    for (const kind of ['answered', 'failed']) {
      const probe = { vantage: 'external', request, ...(await sendProbe(request)) };
      expect(probe.outcome.kind).to.equal(kind);
      const verdict = { kind: 'failed', failure: { ...failed.failure, probe } } as const;
      const check = checkOf('a/b');
      const report = composeReport({ ...facts, outcomes: [{ check, verdict, durationMs: 1, evidence: {} }] });
      expect(reportSchema.parse(report)).to.deep.equal(report);
    }
  });

  it('names the controller’s known deviation of a check, whether it shows or not', () => {
    const outcome = { durationMs: 1, evidence: {} };
    const { checks } = composeReport({
      ...facts,
      outcomes: [
        { check: checkOf('a/known'), verdict: failed, ...outcome },
        { check: checkOf('a/other'), verdict: failed, ...outcome },
        { check: checkOf('a/known'), verdict: { kind: 'passed' }, ...outcome },
      ],
    });
    expect(checks.map(({ knownDeviation }) => knownDeviation?.reason)).to.deep.equal([
      'it is known',
      undefined,
      'it is known',
    ]);
  });

  it('keeps evidence that JSON can hold, and says so of what it cannot', () => {
    const circle: Record<string, unknown> = {};
    circle.self = circle;
    const evidence = { figure: 1.5, missing: undefined, circle, big: 1n };
    const { checks } = composeReport({
      ...facts,
      outcomes: [{ check: checkOf('a/b'), verdict: { kind: 'passed' }, durationMs: 1, evidence }],
    });
    expect(checks[0]?.evidence).to.include({ figure: 1.5, missing: null });
    expect(checks[0]?.evidence.circle).to.match(/^not storable: /);
    expect(checks[0]?.evidence.big).to.match(/^not storable: /);
  });

  it('has its JSON Schema in the package', () => {
    const schema = JSON.parse(readFileSync(join(packageRoot, 'dist/report.schema.json'), 'utf8'));
    expect(schema.properties.version).to.include({ const: reportSchemaVersion });
    expect(schema.required).to.include.members(['schema', 'version', 'run', 'checks']);
  });
});
