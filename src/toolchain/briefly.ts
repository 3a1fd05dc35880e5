/** Names for one line of progress: all of a few, the number of many. */
export const briefly = (names: readonly string[]): string =>
  names.length <= 3 ? names.join(', ') : `${names.length} programs`;
