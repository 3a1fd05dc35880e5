// Threads have clocks that begin when they do; the system's monotonic clock is one for all.
const originUs = Number(process.hrtime.bigint()) / 1000 - performance.now() * 1000;

/** Now, in µs, the same in every thread. Never runs backwards. */
export const nowUs = (): number => originUs + performance.now() * 1000;
