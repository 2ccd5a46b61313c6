/**
 * `bench lists`: pages of the three largest lists, from the functions the routes call. A page costs what a
 * page costs, wherever in the list it lies and however long the list is.
 */
import { journalOf, rowPage } from '../../answers/office/index.ts';
import {
  columnPage,
  portalContext,
  positionText,
  refreshFigures,
} from '../../answers/portal/index.ts';
import { readBatch } from '../../intake/collection/index.ts';
import type { Id } from '../../kernel/ids.ts';
import { assert } from '../../kernel/result.ts';
import { sql } from '../../platform/db/index.ts';
import type { Installation } from '../installation.ts';
import type { Bench, BenchContext, BenchLine } from './bench.ts';
import { seedColumn, seedJournal, seedRows, tidyLists } from './lists-data.ts';
import type { MemoryPeaks } from './memory.ts';
import { quantile, timed } from './times.ts';

const seed = 65_432;
const smallRows = 10_000;
const rounds = 12;
const warmUp = 1;
// As many that it matters little what happens to stand on a page.
const chain = 20;
const flatMost = 1.5;

/** One page of a list. `next`: where the following one begins; `null`: it was the last. */
export type ListPage = { readonly keys: readonly string[]; readonly next: string | null };

/** A list as the office or the portal pages through it. */
export type List = {
  readonly name: string;
  /** Rows of a whole page. */
  readonly pageRows: number;
  readonly rows: number;
  readonly page: (after: string | null) => Promise<ListPage>;
  /** `next` of a page that ended after so many rows. */
  readonly placeAfter: (rows: number) => Promise<string>;
  /** One row by its key, out of the same table. */
  readonly oneByKey: (number: number) => Promise<unknown>;
};

/** Rows a delivery gives back, with their cells and findings, as their sender reads them. */
export async function rowsList(installation: Installation, rows: number): Promise<List> {
  const { database } = installation;
  const { batchId, provider, receivedAt } = await seedRows(installation, rows);
  return {
    ...{ name: 'rows given back', pageRows: 50, rows },
    async page(after) {
      const batch = await readBatch(database, batchId);
      const place = after === null ? {} : { after: Number(after) };
      const context = { collection: installation.collection() };
      const found = await rowPage(context, { unit: provider }, batch!, place);
      assert(
        found.rows.every(({ cells, findings }) => cells !== null && findings.length === 1),
        'every row comes with its cells and what is wrong with it',
      );
      const next = found.next === null ? null : String(found.next);
      return { keys: found.rows.map(({ row }) => String(row)), next };
    },
    // The heading is row 1.
    placeAfter: (passed) => Promise.resolve(String(passed + 1)),
    oneByKey: (number) =>
      database.query(sql`
        select outcome from collection.row_outcome
        where batch_id = ${batchId} and row_no = ${number} and received_at = ${receivedAt}`),
  };
}

/** The journal of a subject, as the subject reads it. */
export async function journalList(
  installation: Installation,
  rows: number,
  subjectId: Id,
): Promise<List> {
  const { database } = installation;
  await seedJournal(installation, rows, subjectId);
  const places = (passed: number) =>
    database.query<{ at: string; id: string }>(sql`
      select at, id from access.reading where subject_id = ${subjectId}
      order by at desc, id desc limit 1 offset ${passed - 1}`);
  const [some] = await places(Math.ceil(rows / 3));
  return {
    ...{ name: 'journal of a subject', pageRows: 50, rows },
    async page(after) {
      const found = await journalOf(installation, subjectId, after ?? undefined);
      assert(found.ok, 'the subject has a journal');
      return { keys: found.value.entries.map(({ reading }) => reading), next: found.value.next };
    },
    async placeAfter(passed) {
      const [place] = await places(passed);
      return `${place!.at} ${place!.id}`;
    },
    oneByKey: () =>
      database.query(sql`
        select purpose from access.reading
        where subject_id = ${subjectId} and at = ${some!.at} and id = ${some!.id}::uuid`),
  };
}

/** The column of penalties, as anybody reads it. */
export async function columnList(installation: Installation, rows: number): Promise<List> {
  const { database } = installation;
  await seedColumn(installation, rows);
  const context = portalContext(installation);
  const places = (passed: number) =>
    database.query<{ decidedOn: never; recordId: Id }>(sql`
      select decided_on::text as "decidedOn", record_id as "recordId" from portal.column_entry
      where list = 'penalty' and kind = '*'
      order by decided_on desc, record_id desc limit 1 offset ${passed - 1}`);
  const [some] = await places(Math.ceil(rows / 3));
  return {
    ...{ name: 'column of penalties', pageRows: 20, rows },
    async page(older) {
      const found = await columnPage(context, 'penalty', older === null ? {} : { older });
      assert(found.ok, 'the column is read');
      const keys = found.value.entries.map(({ record }) => record.recordId);
      return { keys, next: found.value.older };
    },
    placeAfter: async (passed) => positionText((await places(passed))[0]!),
    oneByKey: () =>
      database.query(sql`
        select subject_id from portal.column_entry
        where list = 'penalty' and kind = '*' and decided_on = ${some!.decidedOn}::date
          and record_id = ${some!.recordId}::uuid`),
  };
}

type Place = 'first' | 'middle' | 'last';
type Times = Readonly<Record<Place | 'key', number[]>>;

/** Where chains of pages begin: at the beginning, in the middle, and so that they end with the last page. */
async function startsOf(list: List): Promise<Readonly<Record<Place, string | null>>> {
  const pages = Math.ceil(list.rows / list.pageRows);
  const after = (page: number) => list.placeAfter(page * list.pageRows);
  return {
    first: null,
    middle: await after(Math.floor(pages / 2)),
    last: await after(pages - chain),
  };
}

/** Pages from the three places by turns, each following the one before it by its `next`. */
async function measure(list: List): Promise<Times> {
  const starts = await startsOf(list);
  const times: Times = { first: [], middle: [], last: [], key: [] };
  const spent: Times = { first: [], middle: [], last: [], key: [] };
  for (let round = -warmUp; round < rounds; round += 1) {
    const into = round < 0 ? spent : times;
    for (const place of ['first', 'middle', 'last'] as const) {
      let after = starts[place];
      for (let step = 1; step <= chain; step += 1) {
        const page: ListPage = await timed(into[place], () => list.page(after));
        const isEnd = place === 'last' && step === chain;
        assert(page.keys.length > 0 && (page.next === null) === isEnd, `${list.name}: ${place}`);
        after = page.next;
        await timed(into.key, () => list.oneByKey(1 + step));
      }
    }
  }
  return times;
}

const sizeOf = (rows: number) => rows.toLocaleString('en-US');
const median = (times: readonly number[]) => quantile(times, 0.5);

/** A page in readings of one row by its key: what the machine does meanwhile slows both. */
const inKeys = ({ times }: Measured, place: Place) => median(times[place]) / median(times.key);

function linesOf(small: Measured, large: Measured): BenchLine[] {
  const { name, rows } = large.list;
  const size = sizeOf(rows);
  const line = (what: string, figure: number, yardstick: BenchLine['yardstick']): BenchLine => ({
    ...{ what: `${name}, ${what}`, unit: 'ms', figure, yardstick },
    budget: null,
  });
  const flat = (what: string, figure: number, against: readonly [string, number]): BenchLine => ({
    ...line(what, figure, { what: against[0], value: against[1] }),
    budget: { on: 'ratio', most: flatMost },
  });
  const byKey = { what: 'a row by its key', value: median(large.times.key) };
  const first = median(large.times.first);
  return [
    line(`first pages at ${size}`, first, byKey),
    ...(['middle', 'last'] as const).map((place) =>
      flat(`${place} pages at ${size}`, median(large.times[place]), ['first pages', first]),
    ),
    ...(['first', 'middle', 'last'] as const).map((place): BenchLine => ({
      what: `${name}, ${place} pages at ${size} against ${sizeOf(small.list.rows)}, in rows by key`,
      unit: 'times',
      figure: inKeys(large, place),
      yardstick: { what: `at ${sizeOf(small.list.rows)}`, value: inKeys(small, place) },
      budget: { on: 'ratio', most: flatMost },
    })),
  ];
}

type Measured = { readonly list: List; readonly times: Times };

/** Two subjects, so that a short journal and a long one do not mix. */
async function subjectsOf({ database }: Installation): Promise<readonly [Id, Id]> {
  const rows = await database.query<{ id: Id }>(sql`
    select subject_id as id from subjects.subject
    where kind = 'organisation' and duplicate_of is null order by subject_id limit 2`);
  return [rows[0]!.id, rows[1]!.id];
}

async function measureAll(
  { installation, tell, measured }: BenchContext,
  rows: number,
  subjectId: Id,
): Promise<{ readonly value: Measured[]; readonly memory: MemoryPeaks }> {
  tell(`filling three lists of ${sizeOf(rows)}`);
  const lists = [
    await rowsList(installation, rows),
    await journalList(installation, rows, subjectId),
    await columnList(installation, rows),
  ];
  await tidyLists(installation);
  tell(`paging through them`);
  return measured(async () => {
    const done: Measured[] = [];
    for (const list of lists) done.push({ list, times: await measure(list) });
    return done;
  });
}

/** The benchmark. */
export const listsBench: Bench = {
  name: 'lists',
  summary:
    '最大的三个列表：首页、中间、末页 / the three largest lists: first page, middle, last page',
  defaultRows: 1_000_000,
  city: { organisations: 300, seed },
  async run(context) {
    await refreshFigures(context.installation);
    const [one, other] = await subjectsOf(context.installation);
    const { value: small } = await measureAll(context, Math.min(smallRows, context.rows), one);
    const { value: large, memory } = await measureAll(context, context.rows, other);
    return {
      rows: context.rows,
      lines: large.flatMap((list, index) => linesOf(small[index]!, list)),
      notes: [
        `${rounds} chains of ${chain} pages from each place, by turns; medians; pages of 50, 50 and 20 rows`,
        'lists are filled by the database; lines of the column lead to the records of a sample city',
      ],
      memory,
    };
  },
};
