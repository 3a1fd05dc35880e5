import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../src/paths.ts';

/** One place in the source where an error with a code is made. */
export interface ErrorSite {
  readonly code: string;
  /** What a run that ends with it returns, where the place says so. */
  readonly exitCode: 2 | 3 | undefined;
  /** As in the source, with `…` for what is filled in; absent where it is not written there. */
  readonly message: string | undefined;
  readonly next: string | undefined;
  readonly file: string;
}

const folders = ['clusters', 'controllers', 'fixtures', 'load', 'reporters', 'src', 'suites', 'toolchain'];

function sources(): readonly string[] {
  return folders.flatMap((folder) => {
    try {
      return readdirSync(join(packageRoot, folder), { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile() && /\.(ts|mjs)$/.test(entry.name))
        .map((entry) => join(entry.parentPath, entry.name).slice(packageRoot.length + 1))
        .sort();
    } catch {
      return []; // a folder that is not there yet
    }
  });
}

/** Where the string or template that begins at `start` ends, the quote included. */
function endOfText(source: string, start: number): number {
  const quote = source[start];
  for (let at = start + 1; at < source.length; at++) {
    if (source[at] === '\\') at++;
    else if (source[at] === quote) return at + 1;
    else if (quote === '`' && source.startsWith('${', at)) at = endOfGroup(source, at + 1) - 1;
  }
  return source.length;
}

/** Where the bracket that opens at `start` is closed, the bracket included. */
function endOfGroup(source: string, start: number): number {
  let depth = 0;
  for (let at = start; at < source.length; at++) {
    const character = source[at] ?? '';
    if ('\'"`'.includes(character)) at = endOfText(source, at) - 1;
    else if ('([{'.includes(character)) depth++;
    else if (')]}'.includes(character) && --depth === 0) return at + 1;
  }
  return source.length;
}

/** The arguments of the call whose bracket opens at `start`. */
function argumentsAt(source: string, start: number): readonly string[] {
  const inside = source.slice(start + 1, endOfGroup(source, start) - 1);
  const found: string[] = [];
  let from = 0;
  for (let at = 0; at < inside.length; at++) {
    const character = inside[at] ?? '';
    if ('\'"`'.includes(character)) at = endOfText(inside, at) - 1;
    else if ('([{'.includes(character)) at = endOfGroup(inside, at) - 1;
    else if (character === ',') {
      found.push(inside.slice(from, at).trim());
      from = at + 1;
    }
  }
  return [...found, inside.slice(from).trim()].filter((argument) => argument !== '');
}

/** The text that an expression begins with, `…` for each part that is filled in; nothing where it begins with something else. */
function textOf(expression: string): string | undefined {
  if (!/^['"`]/.test(expression)) return undefined;
  let text = expression.slice(1, endOfText(expression, 0) - 1);
  for (let at = text.indexOf('${'); at >= 0; at = text.indexOf('${')) {
    text = `${text.slice(0, at)}…${text.slice(endOfGroup(text, at + 1))}`;
  }
  return text
    .replaceAll(/\\n.*$/gs, '')
    .replaceAll(/\\(.)/g, '$1')
    .trim();
}

/** `code`, `message` and `next` of an object, where they are written in it. */
function textOfKey(object: string, key: string): string | undefined {
  const found = new RegExp(`\\b${key}:\\s*`).exec(object);
  return found ? textOf(object.slice(found.index + found[0].length)) : undefined;
}

/** The object literal that a place is in. */
function objectAround(source: string, at: number): string {
  for (let start = at; start >= 0; start--) {
    if (source[start] === '{' && endOfGroup(source, start) > at) return source.slice(start, endOfGroup(source, start));
  }
  return '';
}

function* sitesIn(file: string): Generator<ErrorSite> {
  const source = readFileSync(join(packageRoot, file), 'utf8');
  for (const match of source.matchAll(/\b(usageError|environmentError|AssayError|error)\(\s*['`](?=[a-z])/g)) {
    const [, call = ''] = match;
    const args = argumentsAt(source, match.index + call.length);
    const code = textOf(args[0] ?? '') ?? '';
    if (args.length < 2 || !isCode.test(code)) continue;
    const exitCode = call === 'usageError' ? 2 : call === 'environmentError' ? 3 : undefined;
    const options = args.find((argument) => argument.startsWith('{')) ?? '';
    const message = textOf(args[call === 'AssayError' ? 2 : 1] ?? '');
    yield { code, exitCode, message, next: textOfKey(options, 'next'), file };
  }
  // An error that is put together elsewhere, of an object that says what it is.
  for (const match of source.matchAll(/\bcode: '([a-z][a-z0-9-]+)'/g)) {
    const [, code = ''] = match;
    const object = objectAround(source, match.index);
    yield { code, exitCode: undefined, message: textOfKey(object, 'message'), next: textOfKey(object, 'next'), file };
  }
}

const isCode = /^[a-z][a-z0-9-]*…?$/;

/** Every place of the package's source where an error with a code is made, file by file; `…` ends a code that is put together. */
export const errorSites = (): readonly ErrorSite[] => sources().flatMap((file) => [...sitesIn(file)]);
