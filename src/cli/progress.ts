import { styleText } from 'node:util';
import { createLogUpdate } from 'log-update';
import { duration, printableLine } from '../model/printable.ts';
import type { Progress } from '../model/progress.ts';
import { type Output, print } from './print.ts';

const style = (format: 'dim' | 'green' | 'red' | 'cyan', text: string) =>
  styleText(format, text, { validateStream: false });

interface Running {
  readonly title: string;
  readonly startedAtMs: number;
  detail: string;
  /** When a log last heard of it. */
  toldAtMs: number;
}

const describe = ({ title, detail, startedAtMs }: Running): string => {
  const seconds = Math.floor((performance.now() - startedAtMs) / 1000);
  const elapsed = seconds < 60 ? `${seconds} s` : duration(seconds * 1000);
  return `${printableLine(title)}${detail === '' ? '' : `: ${printableLine(detail)}`} ${style('dim', `(${elapsed})`)}`;
};

/** How often a terminal is redrawn, and how often a log hears of a step that is still at it. */
const redrawMs = 100;
const heartbeatMs = 10_000;

/** A progress that must be disposed, so that the terminal is left as it was found. */
export type ShownProgress = Progress & Disposable;

function createSteps(running: Set<Running>, ended: (line: string) => void): Progress['step'] {
  return async (title, body) => {
    const startedAtMs = performance.now();
    const step: Running = { title, startedAtMs, detail: '', toldAtMs: startedAtMs };
    running.add(step);
    const end = (symbol: string) => {
      running.delete(step);
      ended(`${symbol} ${printableLine(title)} ${style('dim', `(${duration(performance.now() - startedAtMs)})`)}`);
    };
    try {
      const result = await body((detail) => {
        step.detail = detail;
      });
      end(style('green', '✓'));
      return result;
    } catch (error) {
      end(style('red', '✗'));
      throw error;
    }
  };
}

/** Running steps at the foot of the terminal, redrawn in place; what has ended scrolls up above them. */
function liveProgress(output: Output): ShownProgress {
  const running = new Set<Running>();
  const foot = createLogUpdate(output as NodeJS.WriteStream);
  const draw = () => {
    if (running.size === 0) return foot.clear();
    const spinner = '⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏'[Math.floor(performance.now() / redrawMs) % 10] ?? '…';
    foot([...running].map((step) => `${style('cyan', spinner)} ${describe(step)}`).join('\n'));
  };
  const note = (line: string) => {
    foot.clear();
    print(output, `${line}\n`);
    draw();
  };
  const timer = setInterval(draw, redrawMs);
  return {
    note,
    step: createSteps(running, note),
    [Symbol.dispose]() {
      clearInterval(timer);
      foot.clear();
      foot.done();
    },
  };
}

/** Lines only: each step when it has ended, and a sign of life from one that takes long. */
function plainProgress(output: Output): ShownProgress {
  const running = new Set<Running>();
  const note = (line: string) => print(output, `${line}\n`);
  const timer = setInterval(() => {
    for (const step of running) {
      if (performance.now() - step.toldAtMs < heartbeatMs) continue;
      step.toldAtMs = performance.now();
      note(`… ${describe(step)}`);
    }
  }, 1000);
  return {
    note,
    step: createSteps(running, note),
    [Symbol.dispose]: () => clearInterval(timer),
  };
}

/** Progress as this output can show it: live on a terminal that says how wide it is, as lines anywhere else. */
export const createProgress = (output: Output): ShownProgress =>
  output.isTTY && output.columns && process.env.TERM !== 'dumb' ? liveProgress(output) : plainProgress(output);
