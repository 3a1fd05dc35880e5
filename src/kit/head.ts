/** The values of a header in a raw request or answer head, in order; names compare without case. */
export const headerValues = (head: string, name: string): readonly string[] =>
  head
    .split('\r\n')
    .slice(1)
    .filter((line) => line.slice(0, line.indexOf(':')).toLowerCase() === name.toLowerCase())
    .map((line) => line.slice(line.indexOf(':') + 1).trim());
