/** Now, in ms since the epoch with µs resolution. Never runs backwards. */
export const nowMs = (): number => performance.timeOrigin + performance.now();
