import { readFile } from 'node:fs/promises';
import { messageOf } from '../model/errors.ts';
import type { LoadOrder, LoadResult } from '../model/load.ts';

/** The whole of an engine's program: reads the order, carries it out, writes the result; where it cannot, it says why and ends with 3. */
export async function serveOrder(
  refuses: (order: LoadOrder) => string | undefined,
  carryOut: (order: LoadOrder) => Promise<LoadResult>,
): Promise<void> {
  try {
    const order = JSON.parse(await firstLine()) as LoadOrder;
    if (order?.shape === undefined || !Array.isArray(order.targets)) throw new Error('this is no order for load');
    const refusal = refuses(order);
    if (refusal !== undefined) throw new Error(refusal);
    await assertDescriptors(order);
    process.stdout.write(JSON.stringify(await carryOut(order)));
  } catch (thrown) {
    process.stderr.write(`${messageOf(thrown)}\n`);
    process.exitCode = 3;
  }
}

/** Not every way to a place can tell that standard input has ended. */
async function firstLine(): Promise<string> {
  let text = '';
  for await (const chunk of process.stdin.setEncoding('utf8')) {
    text += chunk;
    if (text.includes('\n')) break;
  }
  return text.split('\n')[0] ?? '';
}

/** What a program of load has open beside its connections, at most. */
const spare = 100;

/** Node.js has raised its limit as far as it may when it started, and hands it on to what it starts. */
async function assertDescriptors({ connections }: LoadOrder): Promise<void> {
  const most = Number(/^Max open files\s+(\d+)/m.exec(await readFile('/proc/self/limits', 'utf8'))?.[1] ?? Infinity);
  if (connections + spare <= most) return;
  throw new Error(
    `${connections} connections need more file descriptors than the ${most} that a process may have here: raise the limit (ulimit -n) or ask for fewer`,
  );
}
