import type { ComponentChildren } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { printableLine } from '../../../../src/model/printable.ts';
import { Fold } from '../fold.tsx';
import { Line, Scrolls } from '../text.tsx';
import { Value } from '../value.tsx';

/** A cell of a chart's table: a number, a word, or nothing. */
export type Cell = number | string | undefined;

export interface DataTable {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly Cell[])[];
}

interface Props {
  readonly title: string;
  /** What is to be seen, in words, for whoever does not see it. */
  readonly says: string;
  readonly draw: (width: number) => SVGElement | HTMLElement;
  /** Made when it is asked for. */
  readonly table: () => DataTable;
  /** Height in pixels to keep free until it is drawn. */
  readonly height: number;
  /** Of its heading; 4 where it stands in a part of a part. */
  readonly level?: 3 | 4;
  readonly children?: ComponentChildren;
}

/** Charts drawn when the page is printed, whether or not they have been seen. */
const undrawn = new Set<() => void>();
globalThis.addEventListener?.('beforeprint', () => {
  for (const draw of undrawn) draw();
});

/** A picture of numbers, drawn once it comes near, with the numbers themselves as a table below it. */
export function Chart({ title, says, draw, table, height, level = 4, children }: Props) {
  const Heading = `h${level}` as const;
  const place = useRef<HTMLDivElement>(null);
  const latest = useRef(draw);
  latest.current = draw;

  useEffect(() => {
    const element = place.current;
    if (element === null) return;
    let drawnWidth = 0;
    const show = () => {
      const width = Math.floor(element.clientWidth) || 640;
      if (Math.abs(width - drawnWidth) < 2) return;
      drawnWidth = width;
      const picture = latest.current(width);
      // A style element of the library's would be refused by the page's policy; its rules stand in the page's own.
      for (const style of picture.querySelectorAll('style')) style.remove();
      const svg = picture instanceof SVGElement ? picture : picture.querySelector('svg');
      // Parts of a picture have no names of their own: the picture has one, and a table below it.
      for (const part of svg?.querySelectorAll('[aria-label]') ?? []) {
        part.setAttribute('data-part', part.getAttribute('aria-label') ?? '');
        part.removeAttribute('aria-label');
      }
      svg?.setAttribute('role', 'img');
      svg?.setAttribute('aria-label', printableLine(says));
      element.replaceChildren(picture);
    };
    const sized = new ResizeObserver(() => {
      if (drawnWidth > 0) show();
    });
    const first = () => {
      undrawn.delete(first);
      seen.disconnect();
      show();
      sized.observe(element);
    };
    const seen = new IntersectionObserver((entries) => entries.some((entry) => entry.isIntersecting) && first(), {
      rootMargin: '400px',
    });
    undrawn.add(first);
    seen.observe(element);
    return () => {
      undrawn.delete(first);
      seen.disconnect();
      sized.disconnect();
    };
  }, [says]);

  return (
    <figure class="chart">
      <figcaption>
        <Heading class="chart-title">
          <Line text={title} />
        </Heading>
        {children}
      </figcaption>
      {/* The height is kept by an element of that height, since a policy without inline styles allows no other. */}
      <div class="plot" ref={place}>
        <svg width="1" height={height} aria-hidden="true" />
      </div>
      <TableOf table={table} title={title} />
    </figure>
  );
}

const rowsAtOnce = 500;

const TableOf = ({ table, title }: Pick<Props, 'table' | 'title'>) => (
  <Fold
    class="data"
    summary={
      <>
        Data
        <span class="unseen">
          {' of '}
          <Line text={title} />
        </span>
      </>
    }
  >
    {() => <Rows table={table()} title={title} />}
  </Fold>
);

function Rows({ table, title }: { readonly table: DataTable; readonly title: string }) {
  const [most, setMost] = useState(rowsAtOnce);
  const rest = table.rows.length - most;
  return (
    <Scrolls label={`Data of ${title}`}>
      <table>
        <thead>
          <tr>
            {table.columns.map((column) => (
              <th key={column} scope="col">
                <Line text={column} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {table.rows.slice(0, most).map((row, index) => (
            <tr key={index}>
              {row.map((cell, column) => (
                <td key={column} class={typeof cell === 'number' ? 'number' : ''}>
                  {typeof cell === 'number' ? <Value of={cell} /> : <Line text={cell ?? ''} />}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {rest > 0 && (
        <button type="button" class="quiet" onClick={() => setMost(table.rows.length)}>
          Show {rest} more rows
        </button>
      )}
    </Scrolls>
  );
}
