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
 * Decides about rows in order. Nearly all rows carry a code and the registered name: for them the code
 * alone is looked up first, and only rows it does not settle are looked up under all their keys. Both
 * ways give the same decision, because more candidates can only cast doubt where other numbers are
 * given, and such rows take the long way.
 */
export async function linkRows(
  db: Queryable,
  queries: readonly LinkQuery[],
  tables: LinkTables,
): Promise<RowLink[]> {
  const rows = queries.map((query) => readRow(query, tables));
  const settled = new Map<number, RowLink>();
  const quick = rows.flatMap((row, index) => {
    const key = quickKey(row);
    return key === null ? [] : [{ row, index, key }];
  });
  const byCode = await candidatesFor(
    db,
    quick.map(({ key }) => key),
  );
  for (const { row, index, key } of quick) {
    const link = linkOf(row, byCode.get(key) ?? [], tables);
    if (link.decision.outcome === 'linked' && link.decision.method === 'uscc') {
      settled.set(index, link);
    }
  }
  const slow = rows.flatMap((row, index) => (settled.has(index) ? [] : [{ row, index }]));
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
    settled.set(index, linkOf(row, candidates, tables));
  }
  return rows.map((_, index) => settled.get(index)!);
}

/** The one key of a row that says a strict code, a name, and no other number. */
function quickKey({ numbers, name }: RowReading): string | null {
  const alone =
    numbers.codes.length === 1 &&
    numbers.organisationCodes.length === 0 &&
    numbers.registrationNumbers.length === 0;
  const code = numbers.codes[0];
  return alone && code!.strict && name.given ? `uscc:${code!.value}` : null;
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
