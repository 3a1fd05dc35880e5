import { failureRateText } from '../../../stats/failure-rate.ts';
import { failuresOf } from '../measured-run.ts';
import type { GuardRule } from './guard.ts';

const most = 0.001;

/** Answers were right: one who refuses is fast. */
export const failures: GuardRule = {
  name: 'failures',
  about: 'subject',
  look(run) {
    const { answered, failures: byCause } = run.result;
    const failed = failuresOf(run);
    const all = answered + failed;
    if (all === 0) return { held: false, text: 'no request was answered or failed' };
    const causes = Object.entries(byCause)
      .filter(([, count]) => count > 0)
      .sort(([, one], [, other]) => other - one)
      .map(([cause, count]) => `${cause} ${count}`);
    const text = `failed: ${failureRateText(failed, all)}, at most 0.1 %`;
    return { held: failed <= most * all, text: causes.length === 0 ? text : `${text} (${causes.join(', ')})` };
  },
};
