import type { Guard } from '../../../model/benchmark.ts';
import type { MeasuredRun } from '../measured-run.ts';
import { baseline } from './baseline.ts';
import { accepted, connections } from './connections.ts';
import { drift } from './drift.ts';
import { failures } from './failures.ts';
import { dropped, eventLoop, generatorCpu, sendLag } from './generator.ts';
import type { Around, GuardRule } from './guard.ts';
import { others, pressure, steal, throttling, watched } from './machine.ts';
import { achieved, offered } from './offered.ts';
import { sockets } from './sockets.ts';

const rules: readonly GuardRule[] = [
  failures,
  achieved,
  baseline,
  generatorCpu,
  sendLag,
  eventLoop,
  dropped,
  offered,
  connections,
  accepted,
  sockets,
  drift,
  watched,
  steal,
  throttling,
  pressure,
  others,
];

/** Names of the guards whose breach is the controller's own. */
export const subjectGuards: ReadonlySet<string> = new Set(
  rules.filter(({ about }) => about === 'subject').map(({ name }) => name),
);

/** Names of the guards whose breach is the machine's, or the generator's own want of it. */
export const machineGuards: ReadonlySet<string> = new Set(
  rules.filter(({ about }) => about === 'machine').map(({ name }) => name),
);

/** What every guard that means something for this run found, those of the controller's own first. */
export const guardsOf = (run: MeasuredRun, around: Around): readonly Guard[] =>
  rules.flatMap(({ name, look }) => {
    const finding = look(run, around);
    return finding === undefined ? [] : [{ name, ...finding }];
  });
