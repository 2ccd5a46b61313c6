/** Addresses of the columns of double publicity. */
import { refuse } from '../../../kernel/result.ts';
import type { Reply } from '../../../platform/http/index.ts';
import { columnPath, columnsPage, columnPage as drawColumn } from '../pages/columns.tsx';
import { type PageAnswer, type PageRequest, pageReply, tell } from '../routes-page.ts';
import { type ColumnName, columnNames, filterNames } from './domain-columns.ts';
import { type ColumnQuery, choicesOf, columnPage } from './service-columns.ts';

/** Words of addresses: what a reader would call the column. */
const namesInPaths: Readonly<Record<string, ColumnName>> = {
  permits: 'permit',
  penalties: 'penalty',
  acts: 'act',
};

function queryOf({ c }: PageRequest): ColumnQuery {
  const names = [...filterNames, 'older', 'newer'] as const;
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = c.req.query(name);
      return value === undefined ? [] : [[name, value]];
    }),
  );
}

async function column(request: PageRequest): Promise<Reply> {
  const { c, context, r } = request;
  const name = namesInPaths[c.req.param('column') ?? ''];
  if (name === undefined) return tell(request, refuse('http.not-found').refusal);
  const [page, choices] = await Promise.all([
    columnPage(context, name, queryOf(request)),
    choicesOf(context, name),
  ]);
  if (!page.ok) return tell(request, page.refusal);
  const { older, newer } = queryOf(request);
  const at = older === undefined ? (newer === undefined ? {} : { newer }) : { older };
  const path = columnPath(name, page.value.chosen, at);
  return pageReply(request, drawColumn(r, { page: page.value, choices }), { path });
}

const frontLines = 5;

async function front(request: PageRequest): Promise<Reply> {
  const { context, r } = request;
  const pages = await Promise.all(columnNames.map((name) => columnPage(context, name, {})));
  const parts = pages.flatMap((page) =>
    page.ok ? [{ ...page.value, entries: page.value.entries.slice(0, frontLines) }] : [],
  );
  return pageReply(request, columnsPage(r, parts), { path: '/publicity' });
}

/** Patterns with what answers them. */
export const columnAnswers: readonly (readonly [string, PageAnswer])[] = [
  ['/publicity', front],
  ['/publicity/:column', column],
];
