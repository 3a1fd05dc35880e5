/** What to add to this thread's clock, which began when the thread did, to get the system's monotonic one. */
function originUs(): number {
  let best = { tookUs: Number.POSITIVE_INFINITY, originUs: 0 };
  // A thread may lose the CPU between two looks: the quickest of several is taken.
  for (let round = 0; round < 50; round++) {
    const before = performance.now() * 1000;
    const systemUs = Number(process.hrtime.bigint()) / 1000;
    const tookUs = performance.now() * 1000 - before;
    if (tookUs < best.tookUs) best = { tookUs, originUs: systemUs - before - tookUs / 2 };
  }
  return best.originUs;
}

const origin = originUs();

/** Now, in µs, the same in every thread. Never runs backwards. */
export const nowUs = (): number => origin + performance.now() * 1000;
