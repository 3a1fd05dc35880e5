/** What a chart's scales are to a mark of our own. */
interface Scales {
  readonly x?: (value: number) => number;
  readonly y?: ((value: number | string) => number) & { readonly bandwidth?: () => number };
}

/** All dots as one path, so that the page stays quick with tens of thousands: a mark function of the chart library. */
export function manyDots(
  points: (scales: Scales) => readonly (readonly [x: number, y: number])[],
  colour: string,
  count: number,
) {
  return (_index: unknown, scales: Scales): SVGElement => {
    const path = document.createElementNS('http://www.w3.org/2000/svg', 'path');
    path.setAttribute(
      'd',
      points(scales)
        .map(([x, y]) => `M${x.toFixed(1)},${y.toFixed(1)}h0`)
        .join(''),
    );
    path.setAttribute('stroke', colour);
    path.setAttribute('stroke-width', count < 200 ? '7' : count < 2000 ? '4' : '2.5');
    path.setAttribute('stroke-linecap', 'round');
    path.setAttribute('stroke-opacity', count < 200 ? '0.7' : count < 2000 ? '0.5' : '0.3');
    path.setAttribute('fill', 'none');
    return path;
  };
}

/** A place between −0.5 and 0.5 for the n-th of many values that lie on one line: the same at every drawing. */
export const scattered = (index: number): number => ((index * 0.6180339887498949) % 1) - 0.5;
