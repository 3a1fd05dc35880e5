/** A measurement among a check's evidence, for a person to read. */
export interface Figure {
  readonly name: string;
  readonly text: string;
}

const isNumber = (value: unknown): value is number => typeof value === 'number';
const isGroup = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Three digits, or whole numbers: more than a measurement of ours is worth. */
const rounded = (value: number): string =>
  String(Math.abs(value) >= 100 ? Math.round(value) : Number(value.toPrecision(3)));

/** What a line of text has room for; long texts are left to the report file. */
const isShort = (value: unknown): value is string =>
  typeof value === 'string' && value.length <= 120 && !value.includes('\n');

function* within(name: string, group: Readonly<Record<string, unknown>>): Generator<Figure> {
  const shown = Object.entries(group).flatMap(([key, value]) => {
    if (isNumber(value)) return [`${key} ${rounded(value)}`];
    return isShort(value) ? [`${key} ${value}`] : [];
  });
  if (shown.length > 0) yield { name, text: shown.join(', ') };
  for (const [key, value] of Object.entries(group)) if (isGroup(value)) yield* within(`${name}: ${key}`, value);
}

/**
 * The numbers among a check's evidence, group by group, with the words beside them: one may say that the numbers are void. Lists
 * are left to the report file.
 */
export const figuresOf = (evidence: Readonly<Record<string, unknown>>): readonly Figure[] =>
  Object.entries(evidence).flatMap(([name, value]) => {
    if (isNumber(value)) return [{ name, text: rounded(value) }];
    return isGroup(value) ? [...within(name, value)] : [];
  });
