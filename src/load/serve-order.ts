import { text } from 'node:stream/consumers';
import { messageOf } from '../model/errors.ts';
import type { LoadOrder, LoadResult } from '../model/load.ts';

/** The whole of an engine's program: reads the order, carries it out, writes the result; where it cannot, it says why and ends with 3. */
export async function serveOrder(
  refuses: (order: LoadOrder) => string | undefined,
  carryOut: (order: LoadOrder) => Promise<LoadResult>,
): Promise<void> {
  try {
    const order = JSON.parse(await text(process.stdin)) as LoadOrder;
    if (order?.shape === undefined || !Array.isArray(order.targets)) throw new Error('this is no order for load');
    const refusal = refuses(order);
    if (refusal !== undefined) throw new Error(refusal);
    process.stdout.write(JSON.stringify(await carryOut(order)));
  } catch (thrown) {
    process.stderr.write(`${messageOf(thrown)}\n`);
    process.exitCode = 3;
  }
}
