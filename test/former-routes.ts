import type { Configuration } from '../controllers/reference/program/configuration.ts';

/** The configurations a mutant has seen in force: the latest, the one with other routes before it, and when they changed. */
export function formerRoutes() {
  let latest: Configuration | undefined;
  let former: Configuration | undefined;
  let changedAtMs = Number.NEGATIVE_INFINITY;
  const said = (configuration: Configuration | undefined) => JSON.stringify(configuration?.table.routes);
  return (now: Configuration): { readonly former: Configuration; readonly sinceMs: number } => {
    if (now !== latest) {
      // The first routes of all have none before them.
      if (latest !== undefined && latest.table.routes.length > 0 && said(latest) !== said(now)) {
        former = latest;
        changedAtMs = performance.now();
      }
      latest = now;
    }
    return { former: former ?? now, sinceMs: performance.now() - changedAtMs };
  };
}
