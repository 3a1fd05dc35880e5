import { nowUs } from './clock.ts';

/** Between two turns of the loop that follow on each other at once, at most: it had more to read and did not sleep. */
const betweenUs = 50;

/** Tells how old what the event loop reads may be. */
export interface Turns {
  /** Since when what is read at this moment may have been there: since the loop last looked and did not find it. */
  sinceUs(now: number): number;
}

/** Of this thread's loop. */
export function turns(): Turns {
  let within = false;
  let [startUs, sinceUs, endUs] = [0, 0, 0];
  const end = () => {
    within = false;
    endUs = nowUs();
  };
  return {
    sinceUs(now) {
      if (!within) {
        within = true;
        sinceUs = now - endUs < betweenUs ? startUs : now;
        startUs = now;
        setImmediate(end); // runs once all that can be read now has been
      }
      return sinceUs;
    },
  };
}
