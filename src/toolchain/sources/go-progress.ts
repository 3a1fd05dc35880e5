import { readdir } from 'node:fs/promises';

const linkWatchMs = 500;

/** Tells of the modules that Go says it downloads. */
export function moduleProgress(report: (detail: string) => void): (line: string) => void {
  let count = 0;
  return (line) => {
    const [, module] = /^go: downloading (.+)$/.exec(line) ?? [];
    if (module === undefined) return;
    count += 1;
    report(`step 1 of 2, module ${count}: ${module}`);
  };
}

/**
 * Tells how far a `go build -v` is: packages by the lines it prints, programs by the files in its output folder, since of
 * linking, which takes longest when all is compiled, it prints nothing.
 */
export function buildProgress(
  outputFolder: string,
  totals: { readonly packages: number; readonly programs: number },
  report: (detail: string) => void,
): Disposable & { onLine(line: string): void } {
  let compiled = 0;
  let linked = 0;
  let current = '';
  const tell = () =>
    report(
      `step 2 of 2, ${linked} of ${totals.programs} linked, ${compiled} of at most ${totals.packages} packages compiled${current}`,
    );
  const timer = setInterval(async () => {
    const files = await readdir(outputFolder).catch(() => []);
    if (files.length === linked) return;
    linked = files.length;
    tell();
  }, linkWatchMs);
  tell();
  return {
    onLine(line) {
      if (!isPackage(line)) return;
      compiled += 1;
      current = `, ${line}`;
      tell();
    },
    [Symbol.dispose]: () => clearInterval(timer),
  };
}

/** Whether a line is a package's path, as -v prints it, rather than something Go has to say. */
export const isPackage = (line: string): boolean => /^[\w.-]+(?:\/[^\s:]+)*$/.test(line);
