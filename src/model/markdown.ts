import { printable, printableLine, shortened } from './printable.ts';

/** Text from outside for HTML, which Markdown may hold too. */
export const html = (text: string): string => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');

/** Text from outside on one line of Markdown, in a table as well: none of it becomes markup. */
export const cell = (text: string): string =>
  html(printableLine(shortened(text, 300)).replace(/[\\`*_[\]|~]/g, (character) => `\\${character}`));

/** Text from outside as it is, over several lines. */
export const block = (text: string): string => `<pre>${html(printable(shortened(text, 8000)))}</pre>`;
