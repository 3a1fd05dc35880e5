import type { ProbeOutcome, ProbeRequest } from '../../model/probe.ts';
import type { Sample } from '../stream.ts';

/** A probe as the agent is asked for it: everything decided. */
export type AgentProbe = ProbeRequest & { readonly timeoutMs: number };

/** What the agent saw of one probe; times by the agent's own clock. */
export interface AgentAnswer {
  readonly outcome: ProbeOutcome;
  readonly sentAtMs: number;
  readonly durationMs: number;
  readonly localAddress?: string | undefined;
}

/** One line to the agent. Answers bear the same `id`. */
export type ToAgent =
  | { readonly id: number; readonly kind: 'clock' }
  | { readonly id: number; readonly kind: 'probe'; readonly request: AgentProbe }
  | { readonly id: number; readonly kind: 'stream'; readonly request: AgentProbe; readonly spacingMs: number }
  /** Ends the stream of that id; `ended` follows once its last request has. */
  | { readonly id: number; readonly kind: 'stop' };

/** One line from the agent. */
export type FromAgent =
  | { readonly id: number; readonly kind: 'clock'; readonly nowMs: number }
  | { readonly id: number; readonly kind: 'probe'; readonly answer: AgentAnswer }
  | { readonly id: number; readonly kind: 'samples'; readonly samples: readonly Sample[] }
  | { readonly id: number; readonly kind: 'ended' };
