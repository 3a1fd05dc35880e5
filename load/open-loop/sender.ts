import type { LoadFailure } from '../../src/model/load.ts';
import { alarm } from './alarm.ts';
import { nowUs } from './clock.ts';
import { type Lane, lane } from './lane.ts';
import type { FromSender, Tally, ThreadData } from './messages.ts';
import { openSlots } from './open-slots.ts';
import type { Slot } from './slot.ts';
import { counting } from './tally.ts';
import { threadCpuUs } from './thread-cpu.ts';
import { turns } from './turns.ts';

/** Between looks at what has gone on for too long. */
const sweepMs = 20;
/** At least so often the loop is asked how late it is. */
const heartbeatUs = 10_000;
/** Before a closed loop connects again where nobody took the connection: it would only burn CPU. */
const restUs = 10_000;

const never = Number.POSITIVE_INFINITY;

/** One thread's share of the load, from `atUs` on; resolves with what it counted once every request has ended. */
export interface Sender {
  run(atUs: number): Promise<Tally>;
}

type SenderData = Extract<ThreadData, { role: 'sender' }>;

export async function sender(data: SenderData, say: (line: FromSender) => void): Promise<Sender> {
  const { order } = data;
  const open = data.lanes.map((plan) => openSlots(order, plan));
  const slots = open.flatMap((one) => one.slots);
  await Promise.all(open.map((one) => one.prepare()));
  return { run: (atUs) => run(data, open, slots, atUs, say) };
}

function run(
  { order, lanes: plans, cells, port }: SenderData,
  open: readonly ReturnType<typeof openSlots>[],
  slots: readonly Slot[],
  fromUs: number,
  say: (line: FromSender) => void,
): Promise<Tally> {
  const { shape } = order;
  const closedLoop = shape.kind === 'saturation';
  const measureFromUs = fromUs + order.warmUpMs * 1000;
  const untilUs = measureFromUs + order.durationMs * 1000;
  const timeoutUs = order.timeoutMs * 1000;
  const counted = counting(shape.kind, measureFromUs, untilUs, (second) => say({ kind: 'second', second }));
  const { tally } = counted;
  const lanes = plans.map((plan, index) => {
    const { requests, slots: own } = open[index] as (typeof open)[number];
    return lane({ shape, plan, requests, slots: own.length, fromUs, untilUs });
  });
  const resting: { readonly own: Lane; readonly slot: Slot; readonly untilUs: number }[] = [];
  const loop = turns();
  let inFlight = 0;
  let dueUs = never;

  const bell = alarm(cells, port, (lateUs) => {
    const now = nowUs();
    counted.late(now, lateUs);
    pump(now);
  });

  function send(own: Lane, slot: Slot, intendedUs: number): void {
    slot.intendedUs = intendedUs;
    slot.sentUs = nowUs();
    counted.sent(slot);
    inFlight += 1;
    slot.start(own.request());
  }

  /** What has waited for as long as an answer may take will not be sent any more. */
  function forget(own: Lane, now: number): void {
    while (own.dueUs + timeoutUs <= now) {
      counted.neverSent(own.dueUs);
      own.advance();
    }
  }

  /** Sends all that is due and has a slot. */
  function pump(now: number): void {
    dueUs = never;
    for (const own of lanes) {
      forget(own, now);
      while (own.dueUs <= now && own.idle.size > 0) {
        const intendedUs = own.dueUs;
        own.advance();
        send(own, own.idle.take() as Slot, intendedUs);
      }
      if (own.idle.size > 0 && own.dueUs < dueUs) dueUs = own.dueUs;
    }
    bell.setFor(Math.min(dueUs, now + heartbeatUs));
  }

  function ended(own: Lane, slot: Slot, failure: LoadFailure | undefined, bodyBytes: number): void {
    const now = nowUs();
    inFlight -= 1;
    counted.ended(slot, failure, bodyBytes, now);
    slot.freeUs = loop.sinceUs(now);
    if (closedLoop) {
      if (failure === 'refused' || failure === 'no-socket') resting.push({ own, slot, untilUs: now + restUs });
      else if (now < untilUs) send(own, slot, now);
      return;
    }
    if (own.dueUs <= now) forget(own, now);
    own.idle.put(slot);
    if (own.dueUs < dueUs) dueUs = own.dueUs;
    if (dueUs <= now) pump(now);
    else bell.setFor(dueUs);
  }

  function begin(): void {
    lanes.forEach((own, index) => {
      for (const slot of (open[index] as (typeof open)[number]).slots) {
        if (closedLoop) send(own, slot, fromUs);
        else own.idle.put(slot);
      }
    });
    pump(nowUs());
  }

  function sweep(now: number): void {
    for (const slot of slots) if (slot.busy && slot.sentUs + timeoutUs <= now) slot.abandon('timeout');
    while (resting[0] !== undefined && resting[0].untilUs <= now) {
      const { own, slot } = resting.shift() as (typeof resting)[number];
      if (now < untilUs) send(own, slot, now);
    }
    for (const own of lanes) forget(own, now);
    counted.settle(Math.min(now, ...lanes.map((own) => own.dueUs)));
  }

  const usage = cpuBetween(measureFromUs, untilUs);
  open.forEach(({ listen }, index) => {
    const own = lanes[index] as Lane;
    listen({
      ended: (slot, failure, bodyBytes) => ended(own, slot, failure, bodyBytes),
      sentAgain: counted.sentAgain,
      // Those that are kept are opened once, before the measured time, and count.
      opened: () => counted.opened(order.connectionUse === 'keep-alive' ? measureFromUs : nowUs()),
      starved: (code) => {
        tally.starved[code] = (tally.starved[code] ?? 0) + 1;
      },
    });
  });

  return new Promise((resolve) => {
    setTimeout(begin, Math.max(0, (fromUs - nowUs()) / 1000));
    const look = () => {
      const now = nowUs();
      usage.look(now);
      sweep(now);
      if (now < untilUs || inFlight > 0 || lanes.some((own) => own.dueUs < never)) return;
      clearInterval(sweeping);
      bell.stop();
      for (const slot of slots) slot.close();
      counted.settle(never);
      tally.cpuShare = usage.share();
      resolve(tally);
    };
    // Once what has come is read: after a pause of this thread's own, timers come before the answers that lie there.
    const sweeping = setInterval(() => setImmediate(look), sweepMs);
  });
}

/** CPU time over wall time of this thread, from the first look after `fromUs` to the first after `untilUs`. */
function cpuBetween(fromUs: number, untilUs: number) {
  let first: { readonly wallUs: number; readonly cpuUs: number } | undefined;
  let share: number | undefined;
  return {
    look(now: number): void {
      if (share !== undefined || now < fromUs || (first !== undefined && now < untilUs)) return;
      const cpuUs = threadCpuUs();
      if (cpuUs === undefined) return;
      if (first === undefined) first = { wallUs: now, cpuUs };
      else share = (cpuUs - first.cpuUs) / (now - first.wallUs);
    },
    share: () => share ?? 0,
  };
}
