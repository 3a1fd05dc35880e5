import { defineReporter } from '../../src/model/reporter.ts';
import { pageOf } from './document.ts';
import { mergedPages } from './merge.ts';

export default defineReporter({
  name: 'html',
  summary: 'one page with every verdict, figure and exchange, for a browser; needs no network',
  file: 'report.html',
  render: (report) => pageOf(report),
  merge: mergedPages,
});
