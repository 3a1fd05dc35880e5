import { styleText } from 'node:util';
import { duration, printableLine, shortened } from '../model/printable.ts';
import type { CheckReport } from '../model/report.ts';
import type { Verdict, VerdictKind } from '../model/verdict.ts';

const symbols: Readonly<Record<VerdictKind, readonly [symbol: string, colour: 'green' | 'red' | 'cyan' | 'dim']>> = {
  passed: ['✓', 'green'],
  failed: ['✗', 'red'],
  errored: ['!', 'red'],
  observed: ['=', 'cyan'],
  unsupported: ['–', 'dim'],
  skipped: ['○', 'dim'],
};

/** What a line tells of, be it an outcome or a report's. */
interface Told {
  readonly check: { readonly title: string };
  readonly verdict: Verdict | CheckReport['verdict'];
  readonly durationMs: number;
}

function remark({ verdict, durationMs }: Told): string {
  switch (verdict.kind) {
    case 'failed':
      return `: expected ${verdict.failure.expected}, got ${verdict.failure.actual}`;
    case 'observed':
      return `: ${verdict.value} (${duration(durationMs)})`;
    case 'passed':
      return ` (${duration(durationMs)})`;
    default:
      return `: ${verdict.reason.split('\n', 1)[0]}`;
  }
}

/** One verdict as a line of the live output, with colour. */
export function verdictLine(outcome: Told): string {
  const [symbol, colour] = symbols[outcome.verdict.kind];
  const paint = (format: typeof colour, text: string) => styleText(format, text, { validateStream: false });
  const text = printableLine(shortened(remark(outcome), 300));
  return `  ${paint(colour, symbol)} ${printableLine(outcome.check.title)}${paint('dim', text)}`;
}
