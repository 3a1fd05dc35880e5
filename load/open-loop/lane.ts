import type { LoadShape } from '../../src/model/load.ts';
import type { LanePlan } from './plan.ts';
import type { Request } from './request.ts';
import { schedule } from './schedule.ts';
import type { Slot } from './slot.ts';

/** Requests that share slots, and when the next is due. */
export interface Lane {
  /** When the next request is to be sent; infinite where none is, or where nothing but answers call for one. */
  dueUs: number;
  /** Goes on to the request after that. */
  advance(): void;
  /** The next request in turn. */
  request(): Request;
  /** Slots without a request, the one that has been without for longest first: every connection is used. */
  readonly idle: { readonly size: number; take(): Slot | undefined; put(slot: Slot): void };
}

export interface LaneOptions {
  readonly shape: LoadShape;
  readonly plan: LanePlan;
  readonly requests: readonly Request[];
  readonly slots: number;
  readonly fromUs: number;
  readonly untilUs: number;
}

export function lane({ shape, plan, requests, slots, fromUs, untilUs }: LaneOptions): Lane {
  const next =
    shape.kind === 'rate'
      ? schedule({ ...shape, rateRps: shape.rateRps * plan.share, phase: plan.phase, seed: plan.seed })
      : () => Number.POSITIVE_INFINITY;
  let turn = 0;
  const own: Lane = {
    dueUs: 0,
    advance() {
      const atUs = fromUs + next();
      own.dueUs = atUs < untilUs ? atUs : Number.POSITIVE_INFINITY;
    },
    request() {
      const request = requests[turn] as Request;
      turn = turn + 1 === requests.length ? 0 : turn + 1;
      return request;
    },
    idle: ring(slots),
  };
  own.advance();
  return own;
}

function ring(room: number): Lane['idle'] {
  const places = new Array<Slot | undefined>(room).fill(undefined);
  let first = 0;
  const own = {
    size: 0,
    take() {
      if (own.size === 0) return undefined;
      const slot = places[first];
      first = (first + 1) % room;
      own.size -= 1;
      return slot;
    },
    put(slot: Slot) {
      places[(first + own.size) % room] = slot;
      own.size += 1;
    },
  };
  return own;
}
