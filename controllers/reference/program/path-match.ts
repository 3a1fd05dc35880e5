import type { IngressPath } from './objects.ts';

/**
 * Whether a rule's path takes a request's, as it was sent: nothing is decoded and case matters. `Exact` is equality; `Prefix` compares
 * element by element, so that `/foo` takes `/foo/bar` but not `/foobar`, and a slash at its end makes no difference.
 * `ImplementationSpecific` is taken as `Prefix`.
 */
export function matchesPath(rule: Pick<IngressPath, 'path' | 'pathType'>, path: string): boolean {
  if (rule.pathType === 'Exact') return path === rule.path;
  const prefix = (rule.path ?? '/').replace(/\/$/, '');
  return path === prefix || path.startsWith(`${prefix}/`);
}
