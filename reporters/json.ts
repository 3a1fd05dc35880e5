import { defineReporter } from '../src/model/reporter.ts';

export default defineReporter({
  name: 'json',
  summary: 'the evidence file itself; everything else is drawn from it',
  file: 'report.json',
  render: (report) => `${JSON.stringify(report, null, 2)}\n`,
});
