/** A figure of the dashboard: a chart, and below it the same as a table. Every number leads to its rows. */
import { useMemo } from 'react';
import { Link, useLocation } from 'wouter';
import { Chart } from '../../../../ui/office/chart.tsx';
import { DataTable } from '../../../../ui/office/data-table.tsx';
import { useLanguage } from '../../../../ui/office/language.tsx';

/** A number, how it is written, and where its rows are. `null`: it is not known. */
export type Told = {
  readonly value: number | null;
  readonly words?: string;
  /** Address within the office, or of the portal where it begins with `portal:`; `null`: there are no rows. */
  readonly href: string | null;
};

/** One line: a category with a number for each kind of bars. */
export type Line = { readonly key: string; readonly name: string; readonly told: readonly Told[] };

const portalMark = 'portal:';

/** A number as a link to its rows. */
function Figures({ told }: { readonly told: Told }) {
  const { t } = useLanguage();
  const { value, href } = told;
  const words = told.words ?? (value === null ? t('不详', 'not known') : String(value));
  if (href === null || value === null) return <>{words}</>;
  if (href.startsWith(portalMark)) return <a href={href.slice(portalMark.length)}>{words}</a>;
  return <Link href={href}>{words}</Link>;
}

/** Columns of the table that are no bars: the sum of the others, for instance. */
type AlsoTold = readonly { readonly name: string; readonly of: (line: Line) => Told }[];

/** The table: the category, the kinds of bars, and what is told beside them. */
function columnsOf(category: string, kinds: readonly string[], alsoTold: AlsoTold) {
  const column = (title: string, of: (line: Line) => Told) => ({
    ...{ title, align: 'right' as const },
    render: (_value: unknown, line: Line) => <Figures told={of(line)} />,
  });
  return [
    { title: category, dataIndex: 'name' as const },
    ...kinds.map((name, at) => column(name, ({ told }) => told[at]!)),
    ...alsoTold.map(({ name, of }) => column(name, of)),
  ];
}

/** A figure by categories. */
export function Figure(parts: {
  readonly title: string;
  readonly note: string;
  readonly kinds: readonly string[];
  readonly category: string;
  readonly lines: readonly Line[];
  readonly lying?: boolean;
  readonly percent?: boolean;
  readonly empty?: string;
  readonly alsoTold?: AlsoTold;
}) {
  const { t } = useLanguage();
  const [, go] = useLocation();
  const { title, note, kinds, lines, lying = true, percent = false, alsoTold = [] } = parts;
  const of = useMemo(
    () => ({
      ...{ lying, percent, categories: lines.map(({ name }) => name) },
      series: kinds.map((name, at) => ({
        name,
        values: lines.map(({ told }) => told[at]?.value ?? null),
      })),
    }),
    [kinds, lines, lying, percent],
  );
  const open = (category: number, kind: number) => {
    const { value, href } = lines[category]?.told[kind] ?? { value: null, href: null };
    if (href === null || value === null) return;
    if (href.startsWith(portalMark)) window.location.assign(href.slice(portalMark.length));
    else go(href);
  };
  return (
    <section className="figure" aria-label={title}>
      <h2>{title}</h2>
      <p>{note}</p>
      {lines.length === 0 ? null : (
        <Chart
          label={t(`${title}，数值见下表`, `${title}; the numbers stand in the table below`)}
          of={of}
          onOpen={open}
        />
      )}
      <DataTable
        caption={t(`${title}，表`, `${title}, table`)}
        rowKey={({ key }) => key}
        list={{ rows: lines }}
        columns={columnsOf(parts.category, kinds, alsoTold)}
        empty={parts.empty}
      />
    </section>
  );
}
