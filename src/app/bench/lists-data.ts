/**
 * The three largest lists filled up by the database itself: rows a delivery gives back, the journal of a
 * subject, a column of double publicity. What surrounds a row (the delivery, the subject, the record a
 * line leads to) is real and was made by the pipeline; there is only very much of it.
 */
import { type Batch, givenCellsPath, keepCells, readBatch } from '../../intake/collection/index.ts';
import { type Day, type Instant, addMonths, startOfDay } from '../../kernel/day.ts';
import type { Id } from '../../kernel/ids.ts';
import { assert } from '../../kernel/result.ts';
import { freshId } from '../../platform/clock.ts';
import { raw, sql } from '../../platform/db/index.ts';
import { purposesOn } from '../../trust/access/index.ts';
import { accessDeps } from '../../answers/office/index.ts';
import type { Installation } from '../installation.ts';

/** Of so many rows given back one waits for its subject instead. */
const heldEvery = 50;
const monthsBack = 24;

/**
 * A delivery like the newest one of penalties, with so many rows given back or waiting, each with a
 * finding and its cells, and behind them as many rows that were taken.
 */
export async function seedRows(installation: Installation, rows: number): Promise<Batch> {
  const { database, clock } = installation;
  const batchId = freshId(clock);
  const at = clock.now();
  const held = Math.floor(rows / heldEvery);
  await database.execute(
    sql`select operation.ensure_month('collection.row_outcome', ${at}::timestamptz::date)`,
  );
  await database.execute(sql`
    insert into collection.batch
      (batch_id, provider, item, standard, digest, file_name, size_bytes, address, sealed_key, reading,
       state, received, accepted, held, rejected, act_id, received_at, finished_at)
    select ${batchId}, provider, item, standard, ${`bench ${batchId}`}, 'bench.csv', 1, 'bench', '', reading,
           'done', ${2 * rows}, ${rows}, ${held}, ${rows - held}, act_id, ${at}, ${at}
    from collection.batch where item = 'penalty' and state = 'done' order by received_at desc limit 1`);
  await database.execute(sql`
    insert into collection.row_outcome
      (batch_id, row_no, received_at, outcome, codes, row_digest, cells_required, cells_filled)
    select ${batchId}, n + 1, ${at}, case when n > ${rows} then 'A' when n % ${heldEvery} = 0 then 'H' else 'R' end,
           case when n > ${rows} then null else '{P01}'::text[] end, decode(md5(n::text), 'hex'), 10, 9
    from generate_series(1, ${2 * rows}::int) n`);
  await database.execute(sql`
    insert into collection.finding (batch_id, row_no, finding_no, rule, severity, field, value, detail)
    select ${batchId}, n + 1, 1, 'P01', 'error', 'decided-on', '2062/03/02',
           '{"column": 3, "message": "日期晚于收到之日。", "advice": "请改正后重新报送。"}'::jsonb
    from generate_series(1, ${rows}::int) n`);
  const batch = await readBatch(database, batchId);
  assert(batch !== null, 'there is a delivery of penalties to take after');
  await keepSeededCells(installation, batch, rows);
  return batch;
}

async function keepSeededCells(installation: Installation, batch: Batch, rows: number) {
  const { headings } = batch.reading as { readonly headings: readonly string[] };
  const keeper = await keepCells(givenCellsPath(installation.collection(), batch.batchId));
  for (let row = 2; row < rows + 2; row += 1) {
    await keeper.add(
      row,
      headings.map((_heading, column) => `样例${row}-${column}`),
    );
  }
  await keeper.close();
}

/** So many readings of one subject over two years, each for a purpose that is in force. */
export async function seedJournal(
  installation: Installation,
  rows: number,
  subjectId: Id,
): Promise<void> {
  const { database, clock } = installation;
  const [purpose] = purposesOn(accessDeps(installation).lawOn());
  assert(
    purpose !== undefined && purpose.provision !== null,
    'there is a purpose with a provision',
  );
  const to = clock.now();
  const from: Instant = startOfDay(addMonths(clock.today(), -monthsBack));
  // One month more: where months begin is a matter of the server.
  for (let back = 0; back <= monthsBack + 1; back += 1) {
    const month: Day = addMonths(clock.today(), -back);
    await database.execute(sql`select operation.ensure_month('access.reading', ${month}::date)`);
  }
  await database.execute(sql`
    insert into access.reading (id, at, subject_id, account, unit, position, purpose, edition, provision, seen)
    select gen_random_uuid(),
           ${from}::timestamptz + (${to}::timestamptz - ${from}::timestamptz) * (n::float8 / ${rows}),
           ${subjectId}, 'bench', 'operator', 'centre-officer', ${purpose.purpose.code}, 'bench',
           ${purpose.provision}, '{"penalty": {"records": 1, "fields": ["decided-on"]}}'
    from generate_series(1, ${rows}::int) n`);
}

/**
 * So many lines in the column of penalties, leading to the records that are shown there: on each day all of
 * them, so that a page is as varied wherever it lies, on as many days as it takes.
 */
export async function seedColumn({ database }: Installation, rows: number): Promise<void> {
  await database.execute(raw('create schema if not exists bench'));
  await database.execute(sql`
    create table if not exists bench.shown as
    select * from portal.column_entry where list = 'penalty' and kind = '*'`);
  const [count] = await database.query<{ shown: number }>(
    sql`select count(*)::int as shown from bench.shown`,
  );
  assert(count!.shown > 0, 'there are penalties the public may see');
  await database.execute(sql`delete from portal.column_entry`);
  await database.execute(sql`
    insert into portal.column_entry
      (list, kind, decided_on, record_id, subject_id, region, section, authority)
    select 'penalty', '*', (select max(decided_on) from bench.shown) - turn, record_id, subject_id, region, section, authority
    from generate_series(0, ${Math.ceil(rows / count!.shown) - 1}::int) turn, bench.shown
    limit ${rows}`);
}

/** As autovacuum leaves it. */
export async function tidyLists({ database }: Installation): Promise<void> {
  const tables = ['collection.row_outcome', 'collection.finding', 'access.reading'];
  for (const table of [...tables, 'portal.column_entry', 'collection.batch']) {
    await database.execute(raw(`vacuum analyze ${table}`));
  }
}
