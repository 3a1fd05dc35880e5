import type { Context } from 'mocha';
import { available } from '../../../clusters/kind/available.ts';

/** Skips what needs a container engine where none answers, and says so where it is read. */
export async function needEngine(context: Context): Promise<void> {
  const answer = await available();
  if (answer.kind === 'available') return;
  console.warn(`    ! not tested here: ${answer.reason}. Next: ${answer.next}`);
  context.skip();
}
