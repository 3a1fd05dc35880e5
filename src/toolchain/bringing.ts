import type { Program } from '../model/program.ts';

/** What a source is handed to bring one program. */
export interface Bringing {
  readonly program: Program;
  /** An empty folder: what stays goes in here. */
  readonly folder: string;
  /** An empty folder that is removed afterwards. */
  readonly scratch: string;
  readonly env: NodeJS.ProcessEnv;
  readonly signal: AbortSignal;
  /** Origins that did not answer, with the reason: nobody waits for the same one twice. */
  readonly unreachable: Map<string, string>;
  readonly report: (detail: string) => void;
}

/** What a source brought into the folder, paths relative to it. */
export interface Brought {
  readonly executable: string;
  readonly libraries: readonly string[];
  readonly from: string;
}
