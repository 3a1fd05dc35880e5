import type { LoadOrder } from '../../src/model/load.ts';
import { http1Slot } from './http1.ts';
import { http2Slots } from './http2.ts';
import type { LanePlan } from './plan.ts';
import { type Request, requests } from './request.ts';
import type { Slot, SlotEvents } from './slot.ts';

/** Connections that are being opened at once: a server's queue holds some hundreds. */
const openingAtOnce = 64;

/** The slots of a lane. */
export interface OpenSlots {
  readonly requests: readonly Request[];
  readonly slots: readonly Slot[];
  /** From now on these are told what happens. */
  listen(events: SlotEvents): void;
  /** Connects beforehand where connections are kept; what cannot be connected is tried again with its first request. */
  prepare(): Promise<void>;
}

export function openSlots(order: LoadOrder, plan: LanePlan): OpenSlots {
  const fresh = order.connectionUse === 'fresh';
  const made = requests(plan.targets, fresh);
  const first = made[0] as Request;
  const headers = [...new Set(plan.targets.flatMap(({ expect }) => (expect.servedBy ? [expect.servedBy[0]] : [])))];
  let openedBefore = 0;
  let events: SlotEvents = {
    ended() {},
    opened() {
      openedBefore += 1;
    },
    starved() {},
    sentAgain() {},
  };
  const told: SlotEvents = {
    ended: (slot, failure, bodyBytes) => events.ended(slot, failure, bodyBytes),
    opened: () => events.opened(),
    starved: (code) => events.starved(code),
    sentAgain: (slot) => events.sentAgain(slot),
  };
  const slots = Array.from({ length: plan.connections }, () =>
    order.protocol === 'h2'
      ? http2Slots(first, order.streams ?? 1, fresh, told)
      : [http1Slot(first, headers, fresh, told)],
  ).flat();
  return {
    requests: made,
    slots,
    listen: (next) => {
      events = next;
      for (; openedBefore > 0; openedBefore -= 1) events.opened();
    },
    async prepare() {
      if (fresh) return;
      const left = [...slots];
      const deadlineMs = performance.now() + order.timeoutMs;
      const connectOneByOne = async () => {
        for (let slot = left.pop(); slot !== undefined && performance.now() < deadlineMs; slot = left.pop())
          await connected(slot, deadlineMs - performance.now());
      };
      await Promise.all(Array.from({ length: openingAtOnce }, connectOneByOne));
    },
  };
}

const connected = (slot: Slot, withinMs: number): Promise<void> =>
  new Promise((resolve) => {
    const timer = setTimeout(resolve, withinMs);
    slot.prepare(() => {
      clearTimeout(timer);
      resolve();
    });
  });
