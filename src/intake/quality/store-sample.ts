/** SQL of sampling: the lot, the rows drawn, and what was found in them. Insert-only. */
import type { Day, Instant } from '../../kernel/day.ts';
import type { Id } from '../../kernel/ids.ts';
import { type Queryable, type Tx, sql } from '../../platform/db/index.ts';
import type { Sampled, Verdict } from './domain-sample.ts';
import { type Source, type Span, rowsOfFacts } from './store.ts';

/** A sample without its rows. */
export type StoredSample = Source & {
  readonly sampleId: Id;
  readonly period: string;
  readonly seed: string;
  readonly population: number;
  readonly size: number;
  readonly account: string;
  readonly drawnAt: Instant;
};

/** A row of a sample, with what tells the officer which paper to ask for, and the newest verdict. */
export type SampleRow = {
  readonly no: number;
  readonly batchId: Id;
  readonly row: number;
  readonly fileName: string;
  readonly documentNumber: string | null;
  readonly decidedOn: Day | null;
  readonly verdict: Verdict | null;
  readonly note: string | null;
  readonly account: string | null;
  readonly turn: number;
};

/** Lets one caller at a time draw or judge the sample of a source and month. */
export async function lockSample(tx: Tx, { provider, item }: Source, period: string) {
  await tx.execute(
    sql`select pg_advisory_xact_lock(hashtextextended(${`sample:${provider}/${item}/${period}`}, 0))`,
  );
}

/** Draws by lot out of the facts of a month that were stored: first row of each, and how many there are. */
export function drawLot(
  db: Queryable,
  span: Span,
  of: Source,
  lot: { readonly seed: string; readonly size: number },
): Promise<{ batchId: Id; row: number; population: number }[]> {
  return db.query(sql`
    with ${rowsOfFacts(span, of)}
    select batch_id as "batchId", row_no::int as row, (count(*) over ())::int as population
    from facts where accepted_at is not null and matched
    order by sha256(convert_to(${lot.seed} || '/' || batch_id || '/' || row_no, 'UTF8'))
    limit ${lot.size}`);
}

/** Keeps a sample and its rows. */
export async function insertSample(
  tx: Tx,
  sample: StoredSample & { readonly actId: Id },
  rows: readonly { readonly batchId: Id; readonly row: number }[],
): Promise<void> {
  const { sampleId, provider, item, period, seed, population, size, account } = sample;
  await tx.execute(sql`
    insert into quality.sample
      (sample_id, provider, item, period, seed, population, size, account, act_id, drawn_at)
    values (${sampleId}, ${provider}, ${item}, ${period}, ${seed}, ${population}, ${size},
            ${account}, ${sample.actId}, ${sample.drawnAt})`);
  await tx.copy(
    'quality.sample_row',
    ['sample_id', 'no', 'batch_id', 'row_no'],
    rows.map(({ batchId, row }, index) => [sampleId, index + 1, batchId, row]),
  );
}

/** Samples of a month, of all sources or some. */
export function samplesOf(
  db: Queryable,
  period: string,
  of: { readonly provider: string | null; readonly item: string | null },
): Promise<StoredSample[]> {
  return db.query(sql`
    select sample_id as "sampleId", provider, item, period, seed, population, size, account,
           drawn_at as "drawnAt"
    from quality.sample
    where period = ${period} and provider = coalesce(${of.provider}::text, provider)
      and item = coalesce(${of.item}::text, item)
    order by provider, item`);
}

const sampleSelect = sql`sample_id as "sampleId", provider, item, period, seed, population, size, account,
  drawn_at as "drawnAt"`;

/** Samples with rows nobody has judged, the oldest first, past a place. */
export function openSamples(
  db: Queryable,
  page: { readonly past: { readonly at: Instant; readonly id: Id } | null; readonly limit: number },
): Promise<StoredSample[]> {
  const { at, id } = page.past ?? { at: null, id: null };
  return db.query(sql`
    select ${sampleSelect} from quality.sample s
    where (${at}::timestamptz is null or (drawn_at, sample_id) > (${at}::timestamptz, ${id}::uuid))
      and s.size > (select count(distinct v.no) from quality.verdict v where v.sample_id = s.sample_id)
    order by drawn_at, sample_id limit ${page.limit}`);
}

/** One sample; `null` when there is none of that id. */
export async function findSample(db: Queryable, sampleId: Id): Promise<StoredSample | null> {
  const rows = await db.query<StoredSample>(
    sql`select ${sampleSelect} from quality.sample where sample_id = ${sampleId}`,
  );
  return rows[0] ?? null;
}

/** Rows of a sample in the order of the lot. */
export function sampleRows(db: Queryable, sampleId: Id): Promise<SampleRow[]> {
  return db.query(sql`
    select s.no, s.batch_id as "batchId", s.row_no::int as row, b.file_name as "fileName",
      v.document_number as "documentNumber", v.decided_on as "decidedOn",
      f.verdict, f.note, f.account, coalesce(f.turn, 0) as turn
    from quality.sample_row s
    join collection.batch b on b.batch_id = s.batch_id
    left join collection.row_outcome o
      on o.batch_id = s.batch_id and o.row_no = s.row_no and o.received_at = b.received_at
    left join lateral (
      select document_number, decided_on from records.statement_version v
      where v.subject_id = o.subject_id and v.record_id = o.record_id
      order by v.recorded_at desc, v.version desc limit 1) v on true
    left join lateral (
      select verdict, note, account, turn from quality.verdict f
      where f.sample_id = s.sample_id and f.no = s.no order by turn desc limit 1) f on true
    where s.sample_id = ${sampleId} order by s.no`);
}

/** Adds what an officer found in a row. */
export async function insertVerdict(
  tx: Tx,
  sampleId: Id,
  given: {
    readonly no: number;
    readonly turn: number;
    readonly verdict: Verdict;
    readonly note: string;
    readonly account: string;
    readonly actId: Id;
    readonly at: Instant;
  },
): Promise<void> {
  const { no, turn, note, account, actId, at } = given;
  await tx.execute(sql`
    insert into quality.verdict (sample_id, no, turn, verdict, note, account, act_id, judged_at)
    values (${sampleId}, ${no}, ${turn}, ${given.verdict}, ${note}, ${account}, ${actId}, ${at})`);
}

/** How many rows of each sample of a month were judged, and how many were right. */
export function sampledCounts(db: Queryable, period: string): Promise<(Source & Sampled)[]> {
  return db.query(sql`
    select s.provider, s.item, s.size, count(f.verdict)::int as judged,
      (count(*) filter (where f.verdict = 'right'))::int as right
    from quality.sample s
    left join lateral (
      select distinct on (no) no, verdict from quality.verdict v
      where v.sample_id = s.sample_id order by no, turn desc) f on true
    where s.period = ${period} group by s.sample_id`);
}
