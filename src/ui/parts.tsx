/** Parts of pages, drawn on the server: tags, notices, lists of facts, tables that become lists on a phone. */
import type { ReactElement, ReactNode } from 'react';
import type { Reader } from './reader.ts';

/** Text as its source wrote it, in Chinese: on English pages it is marked as such. */
export function Zh({ r, children }: { r: Reader; children: ReactNode }): ReactElement {
  return r.lang === 'zh' ? <>{children}</> : <span lang="zh-CN">{children}</span>;
}

/** Kinds of tags and notices; each has a colour, and none says anything by colour alone. */
export type Tone = 'plain' | 'good' | 'care' | 'grave' | 'mute';

/** A short word beside a heading. */
export function Tag({ tone, children }: { tone: Tone; children: ReactNode }): ReactElement {
  return <span className={`tag ${tone}`}>{children}</span>;
}

/** Something to be read before the rest. */
export function Notice({
  tone = 'plain',
  title,
  children,
}: {
  tone?: Tone;
  title?: string;
  children?: ReactNode;
}): ReactElement {
  return (
    <div className={`notice ${tone}`}>
      {title === undefined ? null : <p className="notice-title">{title}</p>}
      {children}
    </div>
  );
}

/** One fact of a list: what it is, and its value. */
export type Fact = readonly [label: ReactNode, value: ReactNode];

/** Facts as label and value; empty ones are left out. */
export function Facts({ facts }: { facts: readonly Fact[] }): ReactElement {
  const told = facts.filter(([, value]) => value !== null && value !== undefined && value !== '');
  return (
    <dl className="facts">
      {told.map(([label, value], index) => (
        <div key={index}>
          <dt>{label}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

/** A column of a table. `lead`: it names the row. */
export type Column<Row> = {
  readonly title: string;
  readonly lead?: boolean;
  readonly cell: (row: Row) => ReactNode;
};

/**
 * A table. On narrow screens each row becomes a block and each cell carries its column's title; the
 * roles are written out because such a display would take them from the elements.
 */
export function Table<Row>({
  caption,
  columns,
  rows,
  keyOf,
  idOf,
}: {
  caption: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  keyOf: (row: Row) => string;
  idOf?: (row: Row) => string;
}): ReactElement {
  return (
    <table className="stack" role="table">
      <caption>{caption}</caption>
      <thead role="rowgroup">
        <tr role="row">
          {columns.map(({ title }) => (
            <th key={title} scope="col" role="columnheader">
              {title}
            </th>
          ))}
        </tr>
      </thead>
      <tbody role="rowgroup">
        {rows.map((row) => (
          <tr key={keyOf(row)} id={idOf?.(row)} role="row">
            {columns.map((column) => (
              <Cell key={column.title} column={column} row={row} />
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Cell<Row>({ column, row }: { column: Column<Row>; row: Row }): ReactElement {
  return column.lead === true ? (
    <th scope="row" role="rowheader" data-label={column.title}>
      {column.cell(row)}
    </th>
  ) : (
    <td role="cell" data-label={column.title}>
      {column.cell(row)}
    </td>
  );
}

/** What only some readers want to know, behind a line they can open. */
export function More({
  summary,
  children,
}: {
  summary: string;
  children: ReactNode;
}): ReactElement {
  return (
    <details>
      <summary>{summary}</summary>
      <div className="details-body">{children}</div>
    </details>
  );
}

/** Where the reader is: links to the pages above this one. */
export function Crumbs({
  r,
  trail,
}: {
  r: Reader;
  trail: readonly (readonly [label: string, path: string])[];
}): ReactElement {
  return (
    <nav className="crumbs" aria-label={r.say({ zh: '当前位置', en: 'You are here' })}>
      <ol>
        {trail.map(([label, path]) => (
          <li key={path}>
            <a href={r.to(path)}>{label}</a>
          </li>
        ))}
      </ol>
    </nav>
  );
}

/** Earlier and later pages of a list. */
export function Pager({
  r,
  before,
  after,
}: {
  r: Reader;
  before: string | null;
  after: string | null;
}): ReactElement | null {
  if (before === null && after === null) return null;
  return (
    <nav className="pager" aria-label={r.say({ zh: '翻页', en: 'Pages' })}>
      {before === null ? null : (
        <a href={r.to(before)} rel="prev">
          {r.say({ zh: '上一页', en: 'Previous page' })}
        </a>
      )}
      {after === null ? null : (
        <a href={r.to(after)} rel="next">
          {r.say({ zh: '下一页', en: 'Next page' })}
        </a>
      )}
    </nav>
  );
}
