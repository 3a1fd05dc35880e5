import type { Availability } from '../../src/model/cluster.ts';
import { AssayError, exitCodes, messageOf } from '../../src/model/errors.ts';
import { engineOf, run } from './engine.ts';
import { explained } from './explain.ts';

const answerTimeoutMs = 1_800;

const unavailable = (reason: string, next: string): Availability => ({ kind: 'unavailable', reason, next });

/** Whether the container engine answers. kind and kubectl are the toolchain's to bring. */
export async function available(env: NodeJS.ProcessEnv = process.env): Promise<Availability> {
  try {
    const engine = engineOf(env);
    const { code, stdout, stderr } = await run([engine, 'info', '--format', '{{json .}}'], {
      timeoutMs: answerTimeoutMs,
    });
    if (code === null)
      return unavailable(`${engine} does not answer within ${answerTimeoutMs} ms`, `see what ${engine} info says`);
    // Without an engine, older clients print what they know of themselves and end well.
    if (code === 0 && !/"ServerErrors":\s*\[/.test(stdout)) return { kind: 'available' };
    const { message, next = '' } = explained(`${engine} info`, stderr || stdout);
    return unavailable(message, next || `see what ${engine} info says`);
  } catch (thrown) {
    if (thrown instanceof AssayError && thrown.exitCode === exitCodes.usage) throw thrown;
    const next = thrown instanceof AssayError ? thrown.next : undefined;
    return unavailable(messageOf(thrown), next ?? 'install Docker: https://docs.docker.com/engine/install/');
  }
}
