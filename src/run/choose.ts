import { usageError } from '../model/errors.ts';

/** Levenshtein distance: how many characters to insert, delete or replace to get from one word to the other. */
export function editDistance(from: string, to: string): number {
  const columns = [...to];
  let above = [0, ...columns.map((_, column) => column + 1)];
  for (const [row, letter] of [...from].entries()) {
    const current = [row + 1];
    for (const [column, other] of columns.entries()) {
      const insert = (current[column] ?? 0) + 1;
      const remove = (above[column + 1] ?? 0) + 1;
      const replace = (above[column] ?? 0) + (letter === other ? 0 : 1);
      current.push(Math.min(insert, remove, replace));
    }
    above = current;
  }
  return above[columns.length] ?? 0;
}

/** The known name that was most likely meant, or `undefined` where none is near. */
export function nearest(name: string, known: readonly string[]): string | undefined {
  const [best] = known
    .map((candidate) => ({ candidate, distance: editDistance(name.toLowerCase(), candidate.toLowerCase()) }))
    .filter(({ candidate, distance }) => distance <= Math.max(2, Math.floor(candidate.length / 3)))
    .sort((a, b) => a.distance - b.distance);
  return best?.candidate;
}

/** A question to append to "unknown …", or the list of what there is. */
export function suggestion(name: string, known: readonly string[]): string {
  const meant = nearest(name, known);
  return meant === undefined ? `There is: ${known.join(', ') || 'none'}.` : `Did you mean ${meant}?`;
}

/** The member of that name; else a usage error that proposes the nearest one. */
export function choose<T>(kind: string, name: string, members: readonly T[], nameOf: (member: T) => string): T {
  const found = members.find((member) => nameOf(member) === name);
  if (found !== undefined) return found;
  throw usageError(`unknown-${kind}`, `unknown ${kind} "${name}". ${suggestion(name, members.map(nameOf))}`, {
    next: 'ingress-assay list',
  });
}
