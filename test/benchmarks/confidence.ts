import { setImmediate as turn } from 'node:timers/promises';
import { servedByOf } from '../../src/kit/agent/signature.ts';
import { converge } from '../../src/kit/converge.ts';
import type { Expectation } from '../../src/kit/expectation.ts';
import type { ProbeRecord } from '../../src/model/probe.ts';

// How often a row of a table passes that is answered wrongly at a given rate, against the confidence that is stated for 5 %:
//   node dist/test/benchmarks/confidence.js

const runs = 200;
const timeoutMs = 10_000;
const never = new AbortController().signal;

/** An answer without a network: the question here is only what is made of right and wrong ones. */
const answerOf = (backend: string): ProbeRecord => ({
  vantage: 'external',
  request: { address: '127.0.0.1', port: 80 },
  sentAtMs: 0,
  durationMs: 0,
  outcome: {
    kind: 'answered',
    status: 200,
    reason: 'OK',
    headers: [],
    body: '',
    bodyBytes: 0,
    servedBy: servedByOf([['X-Assay-Backend', backend]]),
  },
});

for (const faultRate of [0.02, 0.05, 0.1]) {
  let answers = 0;
  const send = async (_: Expectation) => {
    await turn();
    answers += 1;
    return answerOf(Math.random() < faultRate ? 'other' : 'web');
  };
  const passed = await Promise.all(
    Array.from({ length: runs }, () =>
      converge([{ servedBy: 'web' }], { timeoutMs }, send, never).then(
        () => 1,
        () => 0,
      ),
    ),
  );
  const count = passed.reduce<number>((sum, one) => sum + one, 0);
  console.log(
    `wrong in ${faultRate * 100} %: ${count} of ${runs} runs passed (${(count / runs) * 100} %), ${Math.round(answers / runs)} answers a run`,
  );
}
