/**
 * Everything derived from rows and links, as text to compare: what readers can see, what waits, which
 * facts are taken. Surrogate ids, clock readings and salts are left out; tombstones are history, not
 * state.
 */
import { createHash } from 'node:crypto';
import { type Queryable, sql } from '../src/platform/db/index.ts';

const parts = {
  records: sql`
    select s.uscc, v.statement_id::text as key, v.op, v.provider, v.item, v.standard, v.row_no,
           v.document_number, v.decided_on, v.valid_until, v.kinds, v.fine_fen, v.facts::text as facts,
           v."values"::text as "values", encode(v.content_digest, 'hex') as digest, v.held_show,
           v.received_at
    from records.statement_version v join subjects.subject s using (subject_id)
    where v.op not in ('M')
      and not exists (select 1 from records.statement_version n
                      where n.subject_id = v.subject_id and n.record_id = v.record_id
                        and n.statement_id = v.statement_id and n.version > v.version)
    order by 1, 2`,
  windows: sql`
    select s.uscc, w.item, w.class, w.show::text, w.share::text, w.use::text, w.report::text,
           encode(w.input_digest, 'hex') as input, count(*)::int as n
    from records.record_window w join subjects.subject s using (subject_id)
    where w.superseded_at is null
    group by 1, 2, 3, 4, 5, 6, 7, 8 order by 1, 2, 3, 4, 5, 6, 7, 8`,
  facts: sql`
    select p.decision_key, p.item, s.uscc from records.decision_party p
    join subjects.subject s using (subject_id) where not p.ended order by 1, 2, 3`,
  keys: sql`
    select key, op, row_version, encode(content_digest, 'hex') as digest from records.source_key
    where op <> 'M' order by 1`,
  waiting: sql`
    select source_key, provider, item, row_no, encode(content_digest, 'hex') as digest, received_at
    from collection.held_row where state = 'held' order by 1`,
} as const;

/** One digest per kind of derived state. */
export async function derivedState(db: Queryable): Promise<Record<string, string>> {
  const digests: Record<string, string> = {};
  for (const [name, statement] of Object.entries(parts)) {
    const rows = await db.query<object>(statement);
    digests[name] =
      `${rows.length} ${createHash('sha256').update(JSON.stringify(rows)).digest('hex').slice(0, 16)}`;
  }
  return digests;
}

const rowParts = {
  ...parts,
  outcomes: sql`
    select b.provider, b.item, b.digest, o.row_no, o.outcome, o.codes, s.uscc,
           encode(o.row_digest, 'hex') as digest2
    from collection.row_outcome o join collection.batch b using (batch_id)
    left join subjects.subject s on s.subject_id = o.subject_id order by 3, 4`,
  findings: sql`
    select b.digest, f.row_no, f.finding_no, f.rule, f.severity, f.field, f.value, f.detail::text as detail
    from collection.finding f join collection.batch b using (batch_id) order by 1, 2, 3`,
  batches: sql`
    select provider, item, digest, standard, state, received, accepted, accepted_with_warning,
           duplicate, held, rejected from collection.batch order by digest`,
  reviews: sql`
    select state, query::text as query, reasons::text as reasons, count(*)::int as n from subjects.review
    group by 1, 2, 3 order by 1, 2, 3`,
  commitments: sql`select kind, count(*)::int as n from transparency_log.commitment group by 1 order by 1`,
} as const;

/** Derived state and the trace of every row: what a killed run must share with an undisturbed one. */
export async function wholeState(db: Queryable): Promise<Record<string, string>> {
  const digests: Record<string, string> = {};
  for (const [name, statement] of Object.entries(rowParts)) {
    const rows = await db.query<Record<string, unknown>>(statement);
    // Receipt times differ between two runs; that they are kept is tested elsewhere.
    const text = JSON.stringify(rows.map(({ received_at: _at, input: _input, ...row }) => row));
    digests[name] =
      `${rows.length} ${createHash('sha256').update(text).digest('hex').slice(0, 16)}`;
  }
  return digests;
}
