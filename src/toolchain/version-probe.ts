import { execFile } from 'node:child_process';
import { messageOf } from '../model/errors.ts';
import type { Program } from '../model/program.ts';
import { timeouts } from '../model/timeouts.ts';

export type VersionProbe =
  | { readonly kind: 'version'; readonly version: string }
  | { readonly kind: 'unknown'; readonly reason: string };

/** Runs an executable to learn its version. Never rejects. */
export function probeVersion(
  path: string,
  probe: Program['probe'],
  env: Readonly<Record<string, string>> = {},
): Promise<VersionProbe> {
  return new Promise((resolve) => {
    const options = {
      env: { ...process.env, ...env },
      timeout: timeouts.versionProbeMs,
      killSignal: 'SIGKILL',
    } as const;
    execFile(path, probe.args, options, (error, stdout, stderr) => {
      const version = probe.pattern.exec(`${stdout}\n${stderr}`)?.[1];
      if (version !== undefined) resolve({ kind: 'version', version: version.replace(/^v/, '') });
      else if (error) resolve({ kind: 'unknown', reason: firstLine(stderr) ?? messageOf(error) });
      else resolve({ kind: 'unknown', reason: `its answer names no version: ${firstLine(stdout) ?? 'nothing'}` });
    });
  });
}

const firstLine = (text: string): string | undefined => text.split('\n').find((line) => line.trim() !== '');
