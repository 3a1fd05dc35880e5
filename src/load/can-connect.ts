import { once } from 'node:events';
import { connect } from 'node:net';
import type { LoadFailure, LoadTarget } from '../model/load.ts';

/** Tries one connection: how that failed, or nothing where there was one. For programs that do not say what became of theirs. */
export async function connectFailure(
  { address, port }: LoadTarget,
  timeoutMs: number,
): Promise<LoadFailure | undefined> {
  const socket = connect(port, address);
  try {
    await once(socket, 'connect', { signal: AbortSignal.timeout(Math.ceil(timeoutMs)) });
    return undefined;
  } catch (thrown) {
    return failureOf(thrown);
  } finally {
    socket.destroy();
  }
}

/** The cause that a socket's error stands for. */
export function failureOf(thrown: unknown): LoadFailure {
  const { code, name } = thrown as { readonly code?: string; readonly name?: string };
  switch (code) {
    case 'ECONNREFUSED':
      return 'refused';
    case 'ECONNRESET':
    case 'EPIPE':
      return 'reset';
    case 'ETIMEDOUT':
      return 'timeout';
    case 'EADDRNOTAVAIL':
    case 'EMFILE':
    case 'ENFILE':
    case 'ENOBUFS':
      return 'no-socket';
    default:
      return name === 'AbortError' || name === 'TimeoutError' ? 'timeout' : 'unclassified';
  }
}
