import type { MeasuredRun } from '../measured-run.ts';
import { type GuardRule, grouped, unknown } from './guard.ts';

/** How many there would be where the figure is what its name says. */
function isSound({ order, result }: MeasuredRun, count: number, fresh: number): boolean {
  if (order.connectionUse === 'fresh') return count >= fresh * result.answered;
  return count <= Math.max(2 * order.connections + 16, 0.1 * result.answered);
}

const expected = ({ order }: MeasuredRun): string =>
  order.connectionUse === 'fresh' ? 'one for each' : 'kept from one request to the next';

/** Connections were kept, or made anew, as the figure's name says. */
export const connections: GuardRule = {
  name: 'connections',
  about: 'instrument',
  look(run) {
    const { connectionsOpened, answered } = run.result;
    return {
      held: isSound(run, connectionsOpened, 0.99),
      text: `${grouped(connectionsOpened)} connections opened for ${grouped(answered)} answers, ${expected(run)}`,
    };
  },
};

/** The least part of fresh connections that back-ends have to see: those of a warm-up, which may be slower, are told from the others by time alone. */
const mostlyFresh = 0.9;

/**
 * The back-ends saw the connections that the generator says it made. Through a controller they see the controller's, which are its own affair: told,
 * not judged.
 */
export const accepted: GuardRule = {
  name: 'accepted',
  about: 'instrument',
  look(run) {
    if (run.accepted === undefined) return unknown('what the back-ends accept');
    const { answered, durationMs } = run.result;
    const within = (run.accepted * durationMs) / (run.order.warmUpMs + durationMs);
    const seen = `back-ends accepted ${grouped(within)} connections for ${grouped(answered)} answers`;
    if (run.side !== 'direct') return { held: true, text: `${seen}; how many is the controller's affair` };
    return { held: isSound(run, within, mostlyFresh), text: `${seen}, ${expected(run)}` };
  },
};
