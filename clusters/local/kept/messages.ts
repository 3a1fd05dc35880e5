import type { ClusterOptions } from '../../../src/model/cluster.ts';
import type { Progress } from '../../../src/model/progress.ts';
import type { Failure } from '../messages.ts';

/** To a keeper, once. */
export type ToKeeper = Omit<ClusterOptions, 'keep' | 'logFolder'>;

/** From a keeper, until the cluster is ready or has failed. Progress crosses over step by step. */
export type FromKeeper =
  | { readonly kind: 'note'; readonly line: string }
  | { readonly kind: 'begin'; readonly step: number; readonly title: string }
  | { readonly kind: 'detail'; readonly step: number; readonly detail: string }
  | { readonly kind: 'end'; readonly step: number; readonly well: boolean }
  | { readonly kind: 'ready' }
  | { readonly kind: 'failed'; readonly failure: Failure };

/** A progress whose steps are told as messages. */
export function tellingProgress(tell: (message: FromKeeper) => void): Progress {
  let last = 0;
  return {
    note: (line) => tell({ kind: 'note', line }),
    async step(title, body) {
      last += 1;
      const step = last;
      tell({ kind: 'begin', step, title });
      let well = false;
      try {
        const result = await body((detail) => tell({ kind: 'detail', step, detail }));
        well = true;
        return result;
      } finally {
        tell({ kind: 'end', step, well });
      }
    },
  };
}

/** Shows on `progress` what such messages tell. */
export function showProgress(progress: Progress): (message: FromKeeper) => void {
  const steps = new Map<number, { report: (detail: string) => void; end: (well: boolean) => void }>();
  return (message) => {
    if (message.kind === 'note') progress.note(message.line);
    else if (message.kind === 'detail') steps.get(message.step)?.report(message.detail);
    else if (message.kind === 'end') steps.get(message.step)?.end(message.well);
    else if (message.kind === 'begin') {
      const shown = progress.step(
        message.title,
        (report) =>
          new Promise<void>((resolve, reject) => {
            steps.set(message.step, { report, end: (well) => (well ? resolve() : reject(new Error(message.title))) });
          }),
      );
      // Why a step failed is told by the message that ends it all.
      shown.catch(() => {});
    }
  };
}
