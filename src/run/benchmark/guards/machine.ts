import { type GuardRule, share, unknown } from './guard.ts';

const mostStolen = 0.01;
const mostThrottled = 0.01;
const mostWaited = 0.6;
const mostOthers = 0.15;
/** Of a cluster itself, with pods that are not the benchmark's: three idle nodes of kind take up to 16 % of two CPUs. */
const mostOfCluster = 0.25;

/** The harness found time to look at the machine: else nobody knows what happened there. */
export const watched: GuardRule = {
  name: 'watched',
  about: 'instrument',
  look: ({ used }) => ({
    held: used !== undefined,
    text:
      used === undefined
        ? 'the harness looked less than twice at the machine meanwhile'
        : 'the harness looked at the machine meanwhile',
  }),
};

/** No other machine of the same host took CPU that this one wanted. */
export const steal: GuardRule = {
  name: 'steal',
  about: 'machine',
  look({ used }) {
    if (used === undefined) return unknown('stolen CPU');
    const { stolenShare } = used.machine;
    return {
      held: stolenShare <= mostStolen,
      text: `${share(stolenShare)} of CPU stolen, at most ${share(mostStolen)}`,
    };
  },
};

/** No quota kept the harness from running, nor the generator, where it runs in the harness's group and not in a container of its own. */
export const throttling: GuardRule = {
  name: 'throttling',
  about: 'machine',
  look({ used }) {
    const throttled = used?.machine.throttledShare;
    if (throttled === undefined) return unknown('throttling by a quota');
    return {
      held: throttled <= mostThrottled,
      text: `harness throttled ${share(throttled)} of the time, at most ${share(mostThrottled)}`,
    };
  },
};

/** Where requests have times of their own, tasks did not wait for a CPU most of the time; a saturated machine is meant to be full. */
export const pressure: GuardRule = {
  name: 'pressure',
  about: 'instrument',
  look({ order, used }) {
    if (order.shape.kind !== 'rate') return undefined;
    const waited = used?.machine.waitedShare;
    if (waited === undefined) return unknown('pressure on the CPUs');
    return {
      held: waited <= mostWaited,
      text: `some task waited for a CPU ${share(waited)} of the time, at most ${share(mostWaited)}`,
    };
  },
};

/** Nobody else used this machine: neither the benchmark, nor the cluster that it is made on, where that can be told. */
export const others: GuardRule = {
  name: 'others',
  about: 'machine',
  look({ order, used, result }) {
    const { cpuShare } = result.generator;
    if (used?.allCpus === undefined || cpuShare === undefined) return unknown('what others use');
    const { busyShare, cpus } = used.machine;
    const ours = (used.nodesCpus ?? used.allCpus) + used.ownCpus + cpuShare * order.threads;
    const foreign = Math.max(0, busyShare * cpus - ours) / cpus;
    const itself = Math.max(0, (used.nodesCpus ?? 0) - used.allCpus) / cpus;
    const cluster =
      used.nodesCpus === undefined ? '' : `; the cluster itself ${share(itself)}, at most ${share(mostOfCluster)}`;
    return {
      held: foreign <= mostOthers && itself <= mostOfCluster,
      text: `others used ${share(foreign)} of the CPUs, at most ${share(mostOthers)}${cluster}`,
    };
  },
};
