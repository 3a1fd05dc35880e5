import type { CheckReport } from '../../../src/model/report.ts';
import { isKnownFailure } from '../../../src/model/summary.ts';
import type { VerdictKind } from '../../../src/model/verdict.ts';

/** A verdict as it is shown: a failure that the controller's definition lists is told from one that is news. */
export type Shown = VerdictKind | 'known';

export const shownKinds = [
  'failed',
  'known',
  'errored',
  'passed',
  'observed',
  'unsupported',
  'skipped',
] as const satisfies readonly Shown[];

export const shownOf = (check: CheckReport): Shown => (isKnownFailure(check) ? 'known' : check.verdict.kind);

/** By shape first, and only then by colour. */
export const glyphs: Readonly<Record<Shown, string>> = {
  passed: '✓',
  failed: '✗',
  known: '✗',
  errored: '!',
  observed: '•',
  unsupported: '–',
  skipped: '○',
};

export const words: Readonly<Record<Shown, string>> = {
  passed: 'passed',
  failed: 'failed',
  known: 'failed, as known',
  errored: 'errored',
  observed: 'observed',
  unsupported: 'unsupported',
  skipped: 'skipped',
};

/** How many of each, of those that there are. */
export function countShown(checks: readonly CheckReport[]): ReadonlyMap<Shown, number> {
  const counts = new Map<Shown, number>();
  for (const check of checks) counts.set(shownOf(check), (counts.get(shownOf(check)) ?? 0) + 1);
  return new Map(shownKinds.flatMap((kind) => (counts.has(kind) ? [[kind, counts.get(kind) ?? 0] as const] : [])));
}

/** The sign of a verdict, with its word for whoever does not see it. */
export function Glyph({ shown }: { readonly shown: Shown }) {
  return (
    <span class="glyph">
      <i class={`sign ${shown}`} aria-hidden="true">
        {glyphs[shown]}
      </i>
      <span class="unseen">{words[shown]}</span>
    </span>
  );
}
