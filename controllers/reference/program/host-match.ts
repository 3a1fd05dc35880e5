/**
 * Whether a rule's host takes a request's: equal, or a wildcard that stands for exactly one label, or absent, which takes any. Case
 * and port do not matter; both are off the request's host already.
 */
export function matchesHost(rule: string | undefined, host: string): boolean {
  if (rule === undefined || rule === '') return true;
  if (!rule.startsWith('*.')) return rule === host;
  const dot = host.indexOf('.');
  return dot > 0 && host.slice(dot) === rule.slice(1);
}

/** How closely a rule's host describes what it takes: a precise one beats a wildcard, and that one a rule without. */
export function closeness(rule: string | undefined): number {
  if (rule === undefined || rule === '') return 0;
  return rule.startsWith('*.') ? 1 : 2;
}
