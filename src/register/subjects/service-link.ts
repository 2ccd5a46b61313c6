/** Linking many rows at once against the base library: exact keys in bulk, the decision pure. */
import type { Id } from '../../kernel/ids.ts';
import type { Queryable } from '../../platform/db/index.ts';
import { type LinkDecision, decideRow } from './domain-link.ts';
import {
  type LinkQuery,
  type LinkTables,
  type RowReading,
  keysOfRow,
  nearKeyOfRow,
  readRow,
} from './domain-link-evidence.ts';
import { obviousCode, obviousLink } from './domain-link-obvious.ts';
import type { LinkCandidate } from './domain-link-subject.ts';
import { type SubjectEvidence, evidenceByKeys, evidenceOf } from './store.ts';

/** A decision with the code of the subject it names. */
export type RowLink = { readonly decision: LinkDecision; readonly uscc: string | null };

/** A stored subject as the linking decision reads it. */
export function candidateOf(subject: SubjectEvidence): LinkCandidate {
  return {
    subjectId: subject.subjectId,
    uscc: subject.uscc,
    formerUsccs: subject.evidence.formerUsccs,
    organisationCodes: subject.evidence.organisationCodes,
    registrationNumbers: subject.evidence.registrationNumbers,
    presentName: subject.name,
    names: subject.evidence.names,
    province: subject.province,
    city: subject.city,
    regionCode: subject.region,
    aliveFrom: subject.registeredOn,
    aliveTo: subject.endedOn,
    status: subject.status,
  };
}

async function candidatesFor(
  db: Queryable,
  keys: readonly string[],
): Promise<Map<string, LinkCandidate[]>> {
  const found = await evidenceByKeys(db, [...new Set(keys)]);
  // What an id is a duplicate of stands in for it.
  const mains = await evidenceOf(db, [...new Set(found.flatMap((one) => one.duplicateOf ?? []))]);
  const mainOf = new Map(mains.map((main) => [main.subjectId, main]));
  const byKey = new Map<string, LinkCandidate[]>();
  for (const one of found) {
    const subject = one.duplicateOf === null ? one : mainOf.get(one.duplicateOf)!;
    const known = byKey.get(one.key);
    if (known === undefined) byKey.set(one.key, [candidateOf(subject)]);
    else known.push(candidateOf(subject));
  }
  return byKey;
}

/**
 * Decides about rows in order. Nearly all rows carry a right code and the registered name: for them the
 * code alone is looked up first, and only rows it does not settle are read and looked up under all
 * their keys. Both ways give the same decision.
 */
export async function linkRows(
  db: Queryable,
  queries: readonly LinkQuery[],
  tables: LinkTables,
): Promise<RowLink[]> {
  const settled = await linkObvious(db, queries, tables);
  const slow = queries.flatMap((query, index) =>
    settled[index] === null ? [{ row: readRow(query, tables), index }] : [],
  );
  const keysOf = (row: RowReading) => {
    const near = nearKeyOfRow(row);
    return near === null ? keysOfRow(row) : [...keysOfRow(row), near];
  };
  const byKey = await candidatesFor(
    db,
    slow.flatMap(({ row }) => keysOf(row)),
  );
  for (const { row, index } of slow) {
    const candidates = keysOf(row).flatMap((key) => byKey.get(key) ?? []);
    settled[index] = linkOf(row, candidates, tables);
  }
  return settled.map((link) => link!);
}

/** The links of rows that leave nothing to weigh; `null` for all others. */
async function linkObvious(
  db: Queryable,
  queries: readonly LinkQuery[],
  tables: LinkTables,
): Promise<(RowLink | null)[]> {
  const codes = queries.map((query) => obviousCode(query, tables));
  const keys = codes.flatMap((code) => (code === null ? [] : [`uscc:${code}`]));
  const byCode = await candidatesFor(db, keys);
  return queries.map((query, index) => {
    const code = codes[index]!;
    const found = code === null ? undefined : byCode.get(`uscc:${code}`);
    if (found?.length !== 1) return null;
    const decision = obviousLink(query, found[0]!);
    return decision === null ? null : { decision, uscc: found[0]!.uscc };
  });
}

function linkOf(
  row: RowReading,
  candidates: readonly LinkCandidate[],
  tables: LinkTables,
): RowLink {
  const decision = decideRow(row, candidates, tables);
  if (decision.outcome !== 'linked') return { decision, uscc: null };
  const linked: Id = decision.subjectId;
  const uscc = candidates.find((candidate) => candidate.subjectId === linked)?.uscc ?? null;
  return { decision, uscc };
}
