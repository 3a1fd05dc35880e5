import { Block, Line, Scrolls } from '../text.tsx';
import { Value } from '../value.tsx';

const rowsAtMost = 100;

type Group = Readonly<Record<string, unknown>>;
export const isGroup = (value: unknown): value is Group =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isPlain = (value: unknown): boolean => typeof value !== 'object' || value === null;

function Plain({ value }: { readonly value: unknown }) {
  if (typeof value === 'number') return <Value of={value} />;
  if (typeof value !== 'string') return <>{String(value)}</>;
  return value.length > 160 || value.includes('\n') ? <Block text={value} label="Text" /> : <Line text={value} />;
}

/** Groups that have the same plain members read best as a table. */
function isTable(items: readonly unknown[]): items is readonly Group[] {
  return items.length > 0 && items.every((item) => isGroup(item) && Object.values(item).every(isPlain));
}

function Table({ items }: { readonly items: readonly Group[] }) {
  const columns = [...new Set(items.flatMap((item) => Object.keys(item)))];
  return (
    <Scrolls label="Table of evidence">
      <table>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column} scope="col">
                <Line text={column} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {items.map((item, index) => (
            <tr key={index}>
              {columns.map((column) => (
                <td key={column}>{column in item && <Plain value={item[column]} />}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </Scrolls>
  );
}

function List({ items, depth }: { readonly items: readonly unknown[]; readonly depth: number }) {
  const shown = items.slice(0, rowsAtMost);
  const rest = items.length - shown.length;
  return (
    <>
      {isTable(shown) ? (
        <Table items={shown} />
      ) : (
        <ul>
          {shown.map((item, index) => (
            <li key={index}>
              <EvidenceTree value={item} depth={depth + 1} />
            </li>
          ))}
        </ul>
      )}
      {rest > 0 && <p class="told">… and {rest} more, in report.json</p>}
    </>
  );
}

/** Whatever a check has kept, as lists and tables. */
export function EvidenceTree({ value, depth = 0 }: { readonly value: unknown; readonly depth?: number }) {
  if (isPlain(value)) return <Plain value={value} />;
  if (depth > 8) return <Block text={JSON.stringify(value)} label="Evidence" />;
  if (Array.isArray(value)) return value.length === 0 ? <>none</> : <List items={value} depth={depth} />;
  return (
    <dl class="tree">
      {Object.entries(value as Group)
        .slice(0, rowsAtMost)
        .map(([name, member]) => (
          <div key={name} class={isPlain(member) ? 'plain' : 'group'}>
            <dt>
              <Line text={name} />
            </dt>
            <dd>
              <EvidenceTree value={member} depth={depth + 1} />
            </dd>
          </div>
        ))}
    </dl>
  );
}
