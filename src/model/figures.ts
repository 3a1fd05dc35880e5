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

function* within(name: string, group: Readonly<Record<string, unknown>>): Generator<Figure> {
  const numbers = Object.entries(group).flatMap(([key, value]) =>
    isNumber(value) ? [`${key} ${rounded(value)}`] : [],
  );
  if (numbers.length > 0) yield { name, text: numbers.join(', ') };
  for (const [key, value] of Object.entries(group)) if (isGroup(value)) yield* within(`${name}: ${key}`, value);
}

/** The numbers among a check's evidence, group by group; lists are left to the report file. */
export const figuresOf = (evidence: Readonly<Record<string, unknown>>): readonly Figure[] =>
  Object.entries(evidence).flatMap(([name, value]) => {
    if (isNumber(value)) return [{ name, text: rounded(value) }];
    return isGroup(value) ? [...within(name, value)] : [];
  });
