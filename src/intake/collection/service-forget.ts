/** Clears what was erased from a record in the rows it was made of: waiting rows, findings, digests. */
import type { Erased } from '../../archive/records/index.ts';
import { type Tx, sql } from '../../platform/db/index.ts';

/** The part of an erasure that concerns collected rows; in the archive's transaction. */
export async function forgetErased(tx: Tx, erased: Erased): Promise<void> {
  const { statementIds, rows, fields, facts, texts } = erased;
  const batches = rows.map((row) => row.batchId);
  const numbers = rows.map((row) => row.rowNo);
  await tx.execute(sql`
    update collection.held_row
    set prepared = prepared
          || jsonb_build_object(
               'values', (prepared->'values') - ${fields}::text[],
               'facts', (prepared->'facts') - ${facts}::text[],
               'contentDigest', ''),
        content_digest = decode(md5(random()::text) || md5(random()::text), 'hex')
    where source_key = any(${statementIds}::uuid[])`);
  await tx.execute(sql`
    update collection.finding f
    set value = null, detail = jsonb_build_object('message', '内容已依法删除。', 'advice', '')
    from unnest(${batches}::uuid[], ${numbers}::bigint[]) as gone (batch_id, row_no)
    where f.batch_id = gone.batch_id and f.row_no = gone.row_no
      and (f.field = any(${fields}::text[])
           or exists (select 1 from unnest(${texts}::text[]) as text
                      where position(text in concat(f.value, f.detail::text)) > 0))`);
  await tx.execute(sql`
    update collection.row_outcome o
    set row_digest = decode(md5(random()::text) || md5(random()::text), 'hex')
    from unnest(${batches}::uuid[], ${numbers}::bigint[]) as gone (batch_id, row_no)
    where o.batch_id = gone.batch_id and o.row_no = gone.row_no`);
}
