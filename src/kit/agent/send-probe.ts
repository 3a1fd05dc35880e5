import { connect } from 'node:net';
import type { ProbeFailure, ProbeOutcome } from '../../model/probe.ts';
import { answerParser } from './answer-parser.ts';
import { Endless } from './body-reader.ts';
import { nowMs } from './clock.ts';
import type { AgentAnswer, AgentProbe } from './protocol.ts';
import { requestBytes } from './request-bytes.ts';
import { servedByOf } from './signature.ts';

const maxReceivedKept = 4 * 1024;

/** Sends one request over a connection of its own. Never rejects: whatever happens is the outcome. */
export function sendProbe(request: AgentProbe): Promise<AgentAnswer> {
  return new Promise((resolve) => {
    const parser = answerParser(request.method ?? 'GET', request.keptBytes);
    let connected = false;
    let localAddress: string | undefined;
    let received = Buffer.alloc(0);
    const sentAtMs = nowMs();
    const socket = connect({ host: request.address, port: request.port, family: 4, noDelay: true });
    const timer = setTimeout(() => {
      const where = connected ? parser.progress() : 'while connecting';
      fail('timeout', `nothing complete after ${request.timeoutMs} ms: ${where}`);
    }, request.timeoutMs);

    function settle(outcome: ProbeOutcome): void {
      clearTimeout(timer);
      socket.removeAllListeners('data');
      // A reset frees the port at once: thousands of probes would use all of them up in TIME_WAIT.
      if (connected && !socket.readableEnded) socket.resetAndDestroy();
      else socket.destroy();
      resolve({ outcome, sentAtMs, durationMs: nowMs() - sentAtMs, localAddress });
    }

    function fail(cause: ProbeFailure, message: string): void {
      settle({
        kind: 'failed',
        cause,
        message,
        ...(received.length > 0 && { received: received.toString('latin1') }),
      });
    }

    function read(step: () => ReturnType<typeof parser.end>): boolean {
      try {
        const answer = step();
        if (!answer) return false;
        const servedBy = servedByOf(answer.headers);
        settle({ kind: 'answered', ...answer, ...(servedBy && { servedBy }) });
      } catch (thrown) {
        fail(thrown instanceof Endless ? 'endless' : 'malformed', (thrown as Error).message);
      }
      return true;
    }

    socket.once('connect', () => {
      connected = true;
      localAddress = socket.localAddress;
      socket.write(requestBytes(request));
    });
    socket.on('data', (chunk: Buffer) => {
      received = Buffer.concat([received, chunk.subarray(0, maxReceivedKept - received.length)]);
      read(() => parser.push(chunk));
    });
    socket.on('end', () => {
      if (!read(() => parser.end())) fail('closed-early', `closed ${parser.progress()}`);
    });
    // Stays on after the outcome is settled: the reset may still be reported.
    socket.on('error', (error: NodeJS.ErrnoException) => fail(causeOf(error.code), error.message));
  });
}

const causes: Readonly<Record<string, ProbeFailure>> = {
  ECONNREFUSED: 'refused',
  ECONNRESET: 'reset',
  ECONNABORTED: 'reset',
  EPIPE: 'reset',
  EHOSTUNREACH: 'unreachable',
  ENETUNREACH: 'unreachable',
  EHOSTDOWN: 'unreachable',
  ENOTFOUND: 'unreachable', // a name that does not resolve leads nowhere
  EAI_AGAIN: 'unreachable',
  ETIMEDOUT: 'timeout',
};

/** The closed list's word for an error code of the socket. */
export const causeOf = (code: string | undefined): ProbeFailure => causes[code ?? ''] ?? 'other';
