import type { MeasuredRun } from '../measured-run.ts';
import { type GuardRule, grouped } from './guard.ts';

/** How many there would be where the figure is what its name says. */
function isSound({ order, result }: MeasuredRun, count: number): boolean {
  if (order.connectionUse === 'fresh') return count >= 0.99 * result.answered;
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
      held: isSound(run, connectionsOpened),
      text: `${grouped(connectionsOpened)} connections opened for ${grouped(answered)} answers, ${expected(run)}`,
    };
  },
};

/**
 * The back-ends saw the connections that the generator says it made. Through a controller they see the controller's, which are its own affair: told,
 * not judged.
 */
export const accepted: GuardRule = {
  name: 'accepted',
  about: 'instrument',
  look(run) {
    if (run.accepted === undefined) return undefined;
    const seen = `back-ends accepted ${grouped(run.accepted)} connections for ${grouped(run.result.answered)} answers`;
    if (run.side !== 'direct') return { held: true, text: `${seen}; how many is the controller's affair` };
    return { held: isSound(run, run.accepted), text: `${seen}, ${expected(run)}` };
  },
};
