import { printable } from '../../../../src/model/printable.ts';
import type { CheckReport, Report } from '../../../../src/model/report.ts';
import { Block, Command, Line, Link } from '../text.tsx';
import { Convergence } from './convergence.tsx';
import { EvidenceTree } from './evidence-tree.tsx';
import { Exchange } from './exchange.tsx';

/** All that is known of one check: the rule, what was expected of it and what came, how to try it by hand, and what was seen. */
export function CheckDetail({ check, report }: { readonly check: CheckReport; readonly report: Report }) {
  const { verdict, requirement, knownDeviation, evidence, controllerLog } = check;
  const { convergence, ...other } = evidence;
  return (
    <div class="detail">
      <section>
        <h3>Required</h3>
        <blockquote>
          <bdi>{printable(requirement.text)}</bdi>
        </blockquote>
        <p class="source">
          <Link href={requirement.source} />
        </p>
      </section>
      {verdict.kind === 'failed' && (
        <section class="two">
          <div>
            <h3>Expected</h3>
            <Block text={verdict.failure.expected} label="Expected" />
          </div>
          <div>
            <h3>Actual</h3>
            <Block text={verdict.failure.actual} label="Actual" />
          </div>
        </section>
      )}
      {verdict.kind === 'observed' && (
        <section>
          <h3>Observed</h3>
          <Block text={verdict.value} label="Observed" />
        </section>
      )}
      {'reason' in verdict && (
        <section>
          <h3>
            Why there is no verdict{verdict.kind === 'errored' && verdict.code && <Line text={` (${verdict.code})`} />}
          </h3>
          <Block text={verdict.reason} label="Reason" />
        </section>
      )}
      {knownDeviation && (
        <section class="known-because">
          <h3>{verdict.kind === 'failed' ? 'Known' : 'Listed as known to fail'}</h3>
          <p>
            <Line text={knownDeviation.reason} most={2000} />
          </p>
          <p class="source">
            <Link href={knownDeviation.link} />
          </p>
        </section>
      )}
      {verdict.kind === 'failed' && verdict.failure.curl !== undefined && (
        <section>
          <h3>Try it</h3>
          <Command text={verdict.failure.curl} label="The request as curl" />
        </section>
      )}
      {verdict.kind === 'failed' && verdict.failure.probe && <Exchange probe={verdict.failure.probe} />}
      {Array.isArray(convergence) && <Convergence rows={convergence} />}
      {controllerLog && controllerLog.length > 0 && (
        <section>
          <h3>The controller’s log around it</h3>
          <Block text={controllerLog.join('\n')} label="Log of the controller" />
        </section>
      )}
      {Object.keys(other).length > 0 && (
        <section>
          <h3>Evidence</h3>
          <EvidenceTree value={other} />
        </section>
      )}
      <p class="where">
        report.json, checks[{report.checks.indexOf(check)}]{check.startedAt && `, begun ${check.startedAt}`}
      </p>
    </div>
  );
}
