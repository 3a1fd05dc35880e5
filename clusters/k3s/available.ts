import type { Availability } from '../../src/model/cluster.ts';
import { runLeashed } from '../../src/toolchain/leash.ts';

const answerTimeoutMs = 1_800;

/** Whether a Docker engine answers. */
export async function available(env: NodeJS.ProcessEnv = process.env): Promise<Availability> {
  const next = 'see what docker version says; --cluster local needs no Docker';
  const late = AbortSignal.timeout(answerTimeoutMs);
  const ask = ['docker', 'version', '--format', '{{.Server.Version}}'];
  try {
    const answer = await runLeashed(ask, { signal: late, env });
    if (answer.kind === 'missing') return { kind: 'unavailable', reason: 'there is no docker on PATH', next };
    if (answer.code === 0) return { kind: 'available' };
    const reason = answer.output.findLast((line) => line.trim() !== '') ?? 'docker version says nothing';
    return { kind: 'unavailable', reason, next };
  } catch (thrown) {
    if (!late.aborted) throw thrown;
    return { kind: 'unavailable', reason: `docker does not answer within ${answerTimeoutMs} ms`, next };
  }
}
