/** 删除: fields of a record erased because the law orders it, in everything that was made of them. */
import type { Id } from '../../kernel/ids.ts';
import { type Result, ok, refuse } from '../../kernel/result.ts';
import { freshId } from '../../platform/clock.ts';
import type { Tx } from '../../platform/db/index.ts';
import { type MadeOf, madeOf } from './domain-erase.ts';
import type { StatementVersion } from './domain-statement.ts';
import { type ActBy, type ActDeps, markRecord, recordNow } from './service-acts.ts';
import { eraseFields, subjectsOfRecord } from './store-acts.ts';
import { readVersions } from './store.ts';

/** What was erased, for whoever else holds the rows the record was made of. */
export type Erased = {
  readonly statementIds: readonly Id[];
  readonly rows: readonly { readonly batchId: Id; readonly rowNo: number }[];
  readonly fields: readonly string[];
  readonly facts: readonly string[];
  /** The texts themselves: they may stand in findings of other fields. */
  readonly texts: readonly string[];
};

/** Erasure reaches beyond the archive: `forget` clears the rows the records were made of. */
export type EraseDeps = ActDeps & { readonly forget: (tx: Tx, erased: Erased) => Promise<void> };

/**
 * Erases fields of a record because the law orders it: values, columns and facts made of them go in
 * every version under every subject the record was linked to, in waiting rows and in findings; salts
 * are destroyed, so that the commitments, which stay, say nothing any more. What a source sends again
 * under the same key is stored without them. Needs a provision as ground. Refuses
 * `records.no-such-record`, `records.no-basis`, `records.no-such-field {field}`, and
 * `records.field-carries-windows {field}`: such a record is annulled or deleted, not hollowed out.
 */
export async function eraseFromRecord(
  deps: EraseDeps,
  recordId: Id,
  fields: readonly string[],
  by: ActBy,
): Promise<Result<{ act: Id; versions: number }>> {
  if (by.ground.provision === undefined) return refuse('records.no-basis', { record: recordId });
  return deps.database.transaction(async (tx) => {
    const found = await recordNow(tx, recordId);
    if (found === null) return refuse('records.no-such-record', { record: recordId });
    const subjects = await subjectsOfRecord(tx, recordId);
    const versions = await readVersions(
      tx,
      subjects.map((subjectId) => ({ recordId, subjectId })),
    );
    const made = madeOfAll(deps, versions, fields);
    const allowed = mayErase(made, versions, fields);
    if (!allowed.ok) return allowed;
    const act = await deps.door.pass(tx, {
      kind: 'records.erase',
      needs: 'records:erase',
      ...by,
      traceId: freshId(deps.clock),
      object: `record:${recordId}`,
      detail: { fields: fields.join('、') },
    });
    if (!act.ok) return act;
    const facts = made.flatMap((one) => one.facts);
    const columns = made.flatMap((one) => one.columns);
    const statementIds = [...new Set(versions.map((version) => version.statementId))];
    const record = { recordId, subjects, statementIds };
    const erased = await eraseFields(tx, record, { fields, facts, columns });
    await deps.forget(tx, {
      statementIds,
      rows: versions.map(({ batchId, rowNo }) => ({ batchId, rowNo })),
      fields,
      facts,
      texts: textsOf(versions, fields),
    });
    await markRecord(deps, tx, found.at, {
      kind: 'erased',
      effectiveOn: deps.clock.today(),
      detail: { fields },
      act: act.value,
    });
    return ok({ act: act.value.id, versions: erased });
  });
}

function madeOfAll(
  deps: EraseDeps,
  versions: readonly StatementVersion[],
  fields: readonly string[],
): MadeOf[] {
  const standards = [...new Set(versions.map((version) => version.standard))];
  return standards.map((name) => madeOf(deps.law().standardOf(name), fields));
}

function mayErase(
  made: readonly MadeOf[],
  versions: readonly StatementVersion[],
  fields: readonly string[],
): Result<true> {
  const absent = fields.find((field) =>
    versions.every((version) => version.values[field] === undefined),
  );
  if (absent !== undefined) return refuse('records.no-such-field', { field: absent });
  const carrying = made.find((one) => one.carrying !== null)?.carrying;
  return typeof carrying === 'string'
    ? refuse('records.field-carries-windows', { field: carrying })
    : ok(true);
}

/** Texts long enough to be told apart from anything else that might stand in a finding. */
const tellingLength = 4;

function textsOf(versions: readonly StatementVersion[], fields: readonly string[]): string[] {
  const texts = versions.flatMap((version) => fields.map((field) => version.values[field] ?? ''));
  return [...new Set(texts)].filter((text) => [...text].length >= tellingLength);
}
