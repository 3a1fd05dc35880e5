import { mkdir, rm } from 'node:fs/promises';
import { messageOf } from '../model/errors.ts';
import type { Program } from '../model/program.ts';
import { briefly } from './briefly.ts';
import { type BringContext, bringTogether, type Wanted } from './bring-together.ts';
import { diskFull, isDiskFull } from './disk-full.ts';
import { type BringingSource, isBringing, sourceLabel } from './source-key.ts';
import { type Attempt, type Unobtainable, unobtainable } from './unobtainable.ts';

/** A program that is not there, and why the sources on this machine did not have it. */
export interface Missing {
  readonly program: Program;
  readonly attempts: readonly Attempt[];
}

/**
 * Brings programs into the cache; the caller holds the lock. Sources are tried rank by rank: all programs that come to a
 * Go module at the same rank share one build. Throws an error that names each source tried, where one stays missing.
 */
export async function bring(missing: readonly Missing[], context: BringContext): Promise<void> {
  await rm(context.layout.work, { recursive: true, force: true });
  await mkdir(context.layout.work, { recursive: true });
  try {
    const unobtained: Unobtainable[] = [];
    let open = missing.map(({ program, attempts }) => ({
      program,
      attempts,
      sources: program.sources.filter(isBringing),
    }));
    while (open.length > 0) {
      const failures = await bringRank(
        open.flatMap(({ program, sources: [source] }) => (source === undefined ? [] : [{ program, source }])),
        context,
      );
      unobtained.push(...open.filter(({ sources }) => sources.length === 0));
      open = open.flatMap(({ program, attempts, sources: [source, ...sources] }) => {
        const error = failures.get(program);
        if (source === undefined || error === undefined) return [];
        return [{ program, attempts: [...attempts, { source: sourceLabel(program, source), error }], sources }];
      });
    }
    if (unobtained.length > 0) throw unobtainable(unobtained);
  } finally {
    await rm(context.layout.work, { recursive: true, force: true });
  }
}

/** Tries one source for each program and returns what went wrong, by program. */
async function bringRank(rank: readonly Wanted<BringingSource>[], context: BringContext) {
  const failures = new Map<Program, unknown>();
  for (const group of together(rank)) {
    try {
      await bringTogether(group, context);
    } catch (error) {
      context.signal.throwIfAborted();
      if (isDiskFull(error)) throw diskFull(context.layout.root, error);
      for (const { program } of group) failures.set(program, error);
    }
  }
  noteFailures(failures, context);
  return failures;
}

/** One line for each reason, with the programs it holds for. */
function noteFailures(failures: ReadonlyMap<Program, unknown>, { note }: BringContext): void {
  const reasons = new Map<string, string[]>();
  for (const [{ name }, error] of failures) {
    const reason = messageOf(error).split('\n')[0] ?? '';
    reasons.set(reason, [...(reasons.get(reason) ?? []), name]);
  }
  for (const [reason, names] of reasons) note(`${briefly(names)}: ${reason}`);
}

/** One group for each Go module, and one for each program from elsewhere. */
function together(rank: readonly Wanted<BringingSource>[]): readonly (readonly Wanted<BringingSource>[])[] {
  const groups = new Map<string, Wanted<BringingSource>[]>();
  for (const wanted of rank) {
    const name = wanted.source.kind === 'go' ? `go ${wanted.source.module}` : wanted.program.name;
    groups.set(name, [...(groups.get(name) ?? []), wanted]);
  }
  return [...groups.values()];
}
