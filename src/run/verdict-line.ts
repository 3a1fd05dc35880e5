import { styleText } from 'node:util';
import { duration, printableLine, shortened } from '../model/printable.ts';
import type { VerdictKind } from '../model/verdict.ts';
import type { Outcome } from './ledger.ts';

const symbols: Readonly<Record<VerdictKind, readonly [symbol: string, colour: 'green' | 'red' | 'cyan' | 'dim']>> = {
  passed: ['✓', 'green'],
  failed: ['✗', 'red'],
  errored: ['!', 'red'],
  observed: ['=', 'cyan'],
  unsupported: ['–', 'dim'],
  skipped: ['○', 'dim'],
};

function remark({ verdict, durationMs }: Outcome): string {
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
export function verdictLine(outcome: Outcome): string {
  const [symbol, colour] = symbols[outcome.verdict.kind];
  const paint = (format: typeof colour, text: string) => styleText(format, text, { validateStream: false });
  const text = printableLine(shortened(remark(outcome), 300));
  return `  ${paint(colour, symbol)} ${printableLine(outcome.check.title)}${paint('dim', text)}`;
}
