/**
 * Charts drawn on the server as SVG. Widths are shares of the page and heights are in `em`, so that a chart
 * fits a phone, grows with large type and prints; there is no script and no inline style. Each has a title,
 * a description, and its figures as text or as a table beside it: nothing is told by colour or length alone.
 */
import type { ReactElement } from 'react';

/** One bar: what it is of, its figure, and where it leads. */
export type ChartBar = {
  readonly key: string;
  readonly label: string;
  readonly count: number;
  readonly href?: string | undefined;
};

/** What a chart is drawn from. `id` must be the only one of its kind on the page. */
export type ChartParts = {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly bars: readonly ChartBar[];
};

const rowEm = 2.9;

/** A share as SVG writes it, never wider than the drawing. */
function share(part: number, whole: number): string {
  return `${whole <= 0 ? 0 : Math.round((1_000 * part) / whole) / 10}%`;
}

/** Bars from top to bottom, each under its name, with its figure at the right. */
export function BarChart({ id, title, description, bars }: ChartParts): ReactElement {
  const most = Math.max(1, ...bars.map(({ count }) => count));
  return (
    <svg
      className="chart"
      role="img"
      aria-labelledby={`${id}-title ${id}-text`}
      width="100%"
      height={`${round(bars.length * rowEm)}em`}
    >
      <title id={`${id}-title`}>{title}</title>
      <desc id={`${id}-text`}>{description}</desc>
      {bars.map(({ key, label, count }, index) => (
        <g key={key}>
          <text x="0" y={`${round(index * rowEm + 1.15)}em`}>
            {shortened(label)}
          </text>
          <text x="100%" y={`${round(index * rowEm + 1.15)}em`} className="end">
            {count}
          </text>
          <rect
            x="0"
            y={`${round(index * rowEm + 1.5)}em`}
            width="100%"
            height=".7em"
            className="track"
          />
          <rect
            x="0"
            y={`${round(index * rowEm + 1.5)}em`}
            width={share(count, most)}
            height=".7em"
            className="bar-of"
          />
        </g>
      ))}
    </svg>
  );
}

const labelEmMax = 17;

/** A name cut to the width a phone has; the whole of it stands in the table. */
export function shortened(label: string): string {
  let width = 0;
  const signs = [...label];
  for (const [index, sign] of signs.entries()) {
    width += sign > '\u2e80' ? 1 : 0.55;
    if (width > labelEmMax)
      return `${signs
        .slice(0, index - 1)
        .join('')
        .trimEnd()}…`;
  }
  return label;
}

const plotEm = 9;
const headEm = 1.6;

/** Columns from left to right: months. The scale is two lines, the figure of every column is in the table. */
export function ColumnChart({ id, title, description, bars }: ChartParts): ReactElement {
  const top = roundUp(Math.max(1, ...bars.map(({ count }) => count)));
  const step = 100 / Math.max(1, bars.length);
  const yOf = (count: number) => headEm + plotEm * (1 - count / top);
  return (
    <svg
      className="chart"
      role="img"
      aria-labelledby={`${id}-title ${id}-text`}
      width="100%"
      height={`${headEm + plotEm + 2}em`}
    >
      <title id={`${id}-title`}>{title}</title>
      <desc id={`${id}-text`}>{description}</desc>
      {[top, top / 2, 0].map((count) => (
        <g key={count}>
          <line x1="0" x2="100%" y1={`${round(yOf(count))}em`} y2={`${round(yOf(count))}em`} />
          {count === 0 || !Number.isInteger(count) ? null : (
            <text x="0" y={`${round(yOf(count) - 0.3)}em`} className="scale">
              {count}
            </text>
          )}
        </g>
      ))}
      {bars.map(({ key, count }, index) => (
        <rect
          key={key}
          x={`${round(index * step + step * 0.15)}%`}
          y={`${round(yOf(count))}em`}
          width={`${round(step * 0.7)}%`}
          height={`${round((plotEm * count) / top)}em`}
          className="bar-of"
        />
      ))}
      {bars.map(({ key, label }, index) =>
        index % 6 === 0 ? (
          <text key={key} x={`${round(index * step)}%`} y={`${headEm + plotEm + 1.5}em`}>
            {label}
          </text>
        ) : null,
      )}
    </svg>
  );
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}

/** The next of 1, 2, 4, 6, 8, 10, 20, 40 … that is not below a count: half of it is readable too. */
export function roundUp(count: number): number {
  if (count <= 1) return 1;
  let ten = 1;
  while (ten * 10 < count) ten *= 10;
  const step = [1, 2, 4, 6, 8, 10].find((times) => times * ten >= count);
  return (step ?? 10) * ten;
}
