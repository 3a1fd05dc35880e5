import { once } from 'node:events';
import { isMainThread, parentPort, workerData } from 'node:worker_threads';
import { tooFewDescriptors } from '../../src/load/descriptors.ts';
import type { LoadOrder } from '../../src/model/load.ts';
import { sleep } from './alarm.ts';
import { collect } from './collector.ts';
import type { Begin, FromSender, ThreadData } from './messages.ts';
import { refusal } from './refusal.ts';
import { sender } from './sender.ts';

// The program, and what each of its threads runs. It is shipped as source: nothing but `node:` modules and files of ours that keep to that.

if (isMainThread) await carryOut();
else await runThread(workerData);

async function carryOut(): Promise<void> {
  process.stdout.on('error', () => process.exit(1)); // nobody is there to be told
  const note = (text: string) => process.stderr.write(`${text}\n`);
  try {
    const order: LoadOrder = JSON.parse(await firstLine());
    const why = refusal(order) ?? tooFewDescriptors(order.connections);
    if (why !== undefined) throw new Error(why);
    const result = await collect(order, new URL(import.meta.url), note);
    await new Promise((resolve) => process.stdout.write(`${JSON.stringify(result)}\n`, resolve));
    process.exit(0); // standard input may still be open
  } catch (thrown) {
    note(thrown instanceof Error ? thrown.message : String(thrown));
    process.exit(1);
  }
}

/** The order. Not every way to a place can tell that standard input has ended. */
async function firstLine(): Promise<string> {
  let text = '';
  for await (const chunk of process.stdin.setEncoding('utf8')) {
    text += chunk;
    if (text.includes('\n')) break;
  }
  return text.split('\n')[0] ?? '';
}

async function runThread(data: ThreadData): Promise<void> {
  if (data.role === 'sleeper') return sleep(data.cells, data.port);
  const say = (line: FromSender) => parentPort?.postMessage(line);
  const ready = await sender(data, say);
  say({ kind: 'ready' });
  const [begin] = (await once(parentPort as NonNullable<typeof parentPort>, 'message')) as [Begin];
  say({ kind: 'done', tally: await ready.run(begin.atUs) });
}
