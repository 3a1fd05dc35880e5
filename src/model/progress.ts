/** Where long work says what it is doing. A terminal draws it live, a CI log prints it as lines. */
export interface Progress {
  /**
   * Runs `body` as one named step of the whole run. `report` replaces the step's current detail
   * ("3 of 12, kube-apiserver, 1 min 4 s"). Elapsed time is added by whoever draws it.
   */
  step<T>(title: string, body: (report: (detail: string) => void) => Promise<T>): Promise<T>;
  /** One lasting line, shown above the running steps. */
  note(line: string): void;
}

/** Says nothing. For tests, and for work whose progress nobody waits for. */
export const silentProgress: Progress = {
  step: (_title, body) => body(() => {}),
  note: () => {},
};
