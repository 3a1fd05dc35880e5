import { type MeasuredRun, sendLagUs } from '../measured-run.ts';
import { type GuardRule, grouped, share, unknown } from './guard.ts';

/** Directly to saturation it is meant to be as busy as it can: that run says how much generator and back-ends have to give. */
const isLimitItself = ({ side, order }: MeasuredRun): boolean => side === 'direct' && order.shape.kind === 'saturation';

const mostCpu = 0.8;

/** The generator has CPU to spare. */
export const generatorCpu: GuardRule = {
  name: 'generator-cpu',
  about: 'machine',
  look(run) {
    if (isLimitItself(run)) return undefined;
    const { cpuShare } = run.result.generator;
    if (cpuShare === undefined) return unknown('generator CPU');
    return { held: cpuShare < mostCpu, text: `generator CPU ${share(cpuShare)}, below ${share(mostCpu)}` };
  },
};

const mostLoopLagUs = 10_000;

/** Nothing kept the generator's event loop from its turn; under saturation nobody waits for a time to send. */
export const eventLoop: GuardRule = {
  name: 'event-loop',
  about: 'instrument',
  look({ order, result }) {
    const { eventLoopLagP99Us } = result.generator;
    if (order.shape.kind !== 'rate' || eventLoopLagP99Us === undefined) return undefined;
    return {
      held: eventLoopLagP99Us <= mostLoopLagUs,
      text: `event-loop lag p99 ${eventLoopLagP99Us / 1000} ms, at most ${mostLoopLagUs / 1000} ms`,
    };
  },
};

const mostSendLagUs = 1000;

/** Requests left when they were to leave. */
export const sendLag: GuardRule = {
  name: 'send-lag',
  about: 'instrument',
  look(run) {
    if (run.order.shape.kind !== 'rate') return undefined;
    if (run.result.sendLag === undefined) return unknown('send lag');
    const p99Us = sendLagUs(run);
    if (p99Us === undefined) return { held: false, text: 'send lag unknown: nothing was sent' };
    return {
      held: p99Us <= mostSendLagUs,
      text: `send lag p99 ${p99Us / 1000} ms, at most ${mostSendLagUs / 1000} ms`,
    };
  },
};

/** The generator had the means to send all that was due. */
export const dropped: GuardRule = {
  name: 'dropped',
  about: 'instrument',
  look({ result }) {
    const { dropped: count } = result.generator;
    return { held: count === 0, text: `${grouped(count)} requests not sent for want of the generator's own means` };
  },
};
