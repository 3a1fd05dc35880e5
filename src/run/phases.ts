/** Where the time of a run goes, phase by phase. */
export interface Phases {
  /** Runs `body` as a phase of that name; its time counts even if it throws. */
  time<T>(name: string, body: () => Promise<T>): Promise<T>;
  /** Starts a phase that ends with the returned function. */
  start(name: string): () => void;
  list(): readonly { readonly name: string; readonly durationMs: number }[];
}

/** No phases yet. */
export function createPhases(): Phases {
  const ended: { name: string; durationMs: number }[] = [];
  const start = (name: string) => {
    const startedAtMs = performance.now();
    return () => void ended.push({ name, durationMs: performance.now() - startedAtMs });
  };
  return {
    start,
    list: () => [...ended],
    async time(name, body) {
      const end = start(name);
      try {
        return await body();
      } finally {
        end();
      }
    },
  };
}
