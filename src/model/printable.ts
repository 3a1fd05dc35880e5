/**
 * Text from outside for a person to read: control characters, marks of direction and what takes no room are shown as escapes, so
 * that none acts on a terminal or a page.
 */
export const printable = (text: string): string =>
  text
    .replace(
      /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200b\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g,
      (character) => {
        const code = character.charCodeAt(0);
        return code < 0x100 ? `\\x${code.toString(16).padStart(2, '0')}` : `\\u${code.toString(16).padStart(4, '0')}`;
      },
    )
    .replace(/\p{Surrogate}/gu, '\ufffd');

/** The same on a single line. */
export const printableLine = (text: string): string => printable(text).replace(/\n/g, '\\n').replace(/\t/g, '\\t');

/** At most `length` characters of a text, and how many were left out. */
export const shortened = (text: string, length: number): string =>
  text.length <= length ? text : `${text.slice(0, length)} … (${text.length - length} more characters)`;

/** A span of time for a person to read: `340 ms`, `2.3 s`, `1 min 4 s`. */
export function duration(ms: number): string {
  if (ms < 1000) return `${Math.round(ms)} ms`;
  if (ms < 60_000) return `${(ms / 1000).toFixed(1)} s`;
  const seconds = Math.round(ms / 1000);
  return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}
