import { messageOf } from '../model/errors.ts';
import type { LoadOrder, LoadResult } from '../model/load.ts';
import { tooFewDescriptors } from './descriptors.ts';

/** The whole of an engine's program: reads the order, carries it out, writes the result; where it cannot, it says why and ends with 3. */
export async function serveOrder(
  refuses: (order: LoadOrder) => string | undefined,
  carryOut: (order: LoadOrder) => Promise<LoadResult>,
): Promise<void> {
  try {
    const order = JSON.parse(await firstLine()) as LoadOrder;
    if (order?.shape === undefined || !Array.isArray(order.targets)) throw new Error('this is no order for load');
    const refusal = refuses(order) ?? tooFewDescriptors(order.connections);
    if (refusal !== undefined) throw new Error(refusal);
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
