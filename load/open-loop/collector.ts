import { once } from 'node:events';
import { type TransferListItem, Worker } from 'node:worker_threads';
import type { LoadOrder, LoadResult } from '../../src/model/load.ts';
import { alarmLine, newAlarmCells } from './alarm.ts';
import { nowUs } from './clock.ts';
import type { Begin, FromSender, Tally, ThreadData } from './messages.ts';
import { plan } from './plan.ts';
import { keepPrecedence } from './precedence.ts';
import { addedUp, resultOf } from './result.ts';
import { series } from './series.ts';

/** From when all are ready until the load begins. */
const aheadUs = 20_000;
/** Beyond what the order allows: ending later than that is a fault of ours. */
const graceMs = 10_000;

/** Carries the order out in threads that run `module`, and puts together what they have seen. `note` is told what a result cannot say. */
export async function collect(order: LoadOrder, module: URL, note: (text: string) => void): Promise<LoadResult> {
  const plans = plan(order);
  const seen = series(Math.ceil(order.durationMs / 1000), plans.length);
  const threads: Worker[] = [];
  const endPrecedence = keepPrecedence();

  function startThread(data: ThreadData, transferList: readonly TransferListItem[]): Worker {
    const thread = new Worker(module, { workerData: data, transferList: [...transferList] });
    threads.push(thread);
    return thread;
  }

  let fail: (error: unknown) => void = () => {};
  const failed = new Promise<never>((_, reject) => {
    fail = reject;
  });
  failed.catch(() => {});
  const mostMs = order.warmUpMs + order.durationMs + 3 * order.timeoutMs + graceMs;
  const overdue = setTimeout(() => fail(new Error(`the load has not ended after ${mostMs} ms`)), mostMs);

  const senders = plans.map((lanes) => {
    const [cells, line] = [newAlarmCells(), alarmLine()];
    startThread({ role: 'sleeper', cells, port: line.port2 }, [line.port2]).on('error', fail);
    const thread = startThread({ role: 'sender', order, lanes, cells, port: line.port1 }, [line.port1]).on(
      'error',
      fail,
    );
    const ready = once(thread, 'message');
    const done = new Promise<Tally>((resolve) => {
      thread.on('message', (message: FromSender) => {
        if (message.kind === 'second') seen.add(message.second);
        if (message.kind === 'done') resolve(message.tally);
      });
    });
    return { thread, ready, done };
  });

  try {
    await Promise.race([failed, Promise.all(senders.map(({ ready }) => ready))]);
    endPrecedence();
    const begin: Begin = { atUs: nowUs() + aheadUs };
    const measuredFromMs = Date.now() + aheadUs / 1000 + order.warmUpMs;
    for (const { thread } of senders) thread.postMessage(begin);
    const cpu = processCpuShare(begin.atUs + order.warmUpMs * 1000, order.durationMs);
    const tallies = await Promise.race([failed, Promise.all(senders.map(({ done }) => done))]);
    const starved = Object.entries(addedUp(tallies.map((tally) => tally.starved)));
    for (const [code, times] of starved) note(`no socket was to be had ${times} times: ${code}`);
    return resultOf({
      order,
      measuredFromMs,
      tallies,
      seconds: seen.entries(),
      processCpuShare: await cpu,
      peakMemoryBytes: process.resourceUsage().maxRSS * 1024,
    });
  } finally {
    clearTimeout(overdue);
    await Promise.all(threads.map((thread) => thread.terminate()));
  }
}

/** CPU time over wall time of the whole process while the load is measured. */
async function processCpuShare(fromUs: number, durationMs: number): Promise<number> {
  const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
  await pause((fromUs - nowUs()) / 1000);
  const [startUs, before] = [nowUs(), process.cpuUsage()];
  await pause(durationMs);
  const { user, system } = process.cpuUsage(before);
  return (user + system) / (nowUs() - startUs);
}
