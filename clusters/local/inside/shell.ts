import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { environmentError, messageOf } from '../../../src/model/errors.ts';

const run = promisify(execFile);

/** Runs a few lines of shell, stopping at the first that fails; the error says what they were for. */
export async function shell(purpose: string, script: string, ...args: readonly string[]): Promise<string> {
  try {
    const { stdout } = await run('sh', ['-euc', script, 'sh', ...args]);
    return stdout;
  } catch (error) {
    const stderr = (error as { stderr?: string }).stderr?.trim();
    throw environmentError('cluster-setup', `${purpose} failed: ${stderr || messageOf(error)}`, { cause: error });
  }
}
