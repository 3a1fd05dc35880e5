/** The values of a header in a raw request or answer head, in order; names compare without case. */
export const headerValues = (head: string, name: string): readonly string[] =>
  head
    .split('\r\n')
    .slice(1)
    .filter((line) => line.slice(0, line.indexOf(':')).toLowerCase() === name.toLowerCase())
    .map((line) => line.slice(line.indexOf(':') + 1).trim());

/** The request-target of a raw request head; `undefined` where there is no head. */
export const requestTarget = (head: string | undefined): string | undefined =>
  /^\S+ (.*) HTTP\/1\.[01]\r?$/m.exec(head?.split('\n', 1)[0] ?? '')?.[1];
