import { createInterface } from 'node:readline';
import { nowMs } from './clock.ts';
import { type OpenLoop, openLoop } from './open-loop.ts';
import type { FromAgent, ToAgent } from './protocol.ts';
import { sendProbe } from './send-probe.ts';

// The program at the place: lines of JSON in, lines of JSON out, until its input ends. It is shipped as source, so it and its
// siblings may import nothing at run time but `node:` modules and one another.

const streams = new Map<number, OpenLoop>();
const say = (line: FromAgent): boolean => process.stdout.write(`${JSON.stringify(line)}\n`);

async function handle(ask: ToAgent): Promise<void> {
  const { id } = ask;
  switch (ask.kind) {
    case 'clock':
      say({ id, kind: 'clock', nowMs: nowMs() });
      return;
    case 'probe':
      say({ id, kind: 'probe', answer: await sendProbe(ask.request) });
      return;
    case 'stream':
      streams.set(
        id,
        openLoop(ask.request, ask.spacingMs, (samples) => say({ id, kind: 'samples', samples })),
      );
      return;
    case 'stop':
      await streams.get(id)?.stop();
      streams.delete(id);
      say({ id, kind: 'ended' });
  }
}

createInterface({ input: process.stdin })
  .on('line', (line) => void handle(JSON.parse(line)))
  .on('close', () => process.exit());
process.stdout.on('error', () => process.exit());
