/**
 * What two persons have decided about a source row holds for its corrections: a doubt they settled is
 * not asked again while the row names its subject in the same words, and a link they found wrong is
 * not made again by the evidence that misled before.
 */
import { canonicalJson } from '../../kernel/canonical.ts';
import type { Id } from '../../kernel/ids.ts';
import type { SourceKeyRow } from '../../archive/records/index.ts';
import { type RowLink, linkReasons, readSubjects } from '../../register/subjects/index.ts';
import type { Tx } from '../../platform/db/index.ts';
import type { PreparedRow, RowQuery } from './domain.ts';
import { linkedQueries } from './store-held.ts';

/** A row with the link its own evidence gives, and what is stored under its key. */
export type Linkable = {
  readonly prepared: PreparedRow | null;
  readonly query: RowQuery | null;
  readonly known: SourceKeyRow | null;
  link: RowLink | null;
};

/** How a row names its subject; the day of the decision is not part of it. */
function naming({ decidedOn: _day, ...named }: RowQuery): string {
  return canonicalJson(named);
}

/** Puts people's decisions in the place of the evidence's, where there are any. */
export async function heedPrecedents(tx: Tx, rows: readonly Linkable[]): Promise<void> {
  for (const row of rows) {
    const { known } = row;
    const decision = row.link?.decision;
    if (known?.op !== 'M' || decision?.outcome !== 'linked') continue;
    if (decision.subjectId !== known.subjectId) continue;
    const reasons = linkReasons(['LINK_UNDONE']);
    row.link = { decision: { outcome: 'review', reasons, candidates: [] }, uscc: null };
  }
  await followPeople(tx, rows);
}

async function followPeople(tx: Tx, rows: readonly Linkable[]): Promise<void> {
  const doubtful = rows.filter(
    ({ known, link }) => known !== null && known.op !== 'M' && link?.decision.outcome !== 'linked',
  );
  if (doubtful.length === 0) return;
  const queries = await linkedQueries(
    tx,
    doubtful.map((row) => row.known!.key),
  );
  const settled = doubtful.filter((row) =>
    (queries.get(row.known!.key) ?? []).some((query) => naming(query) === naming(row.query!)),
  );
  const subjects = new Map(
    (await readSubjects(tx, [...new Set(settled.map((row) => row.known!.subjectId))])).map(
      (subject): [Id, typeof subject] => [subject.subjectId, subject],
    ),
  );
  for (const row of settled) {
    const subject = subjects.get(row.known!.subjectId);
    if (subject === undefined) continue;
    row.link = {
      decision: {
        outcome: 'linked',
        subjectId: subject.subjectId,
        method: 'people',
        notes: linkReasons(['LINKED_BY_PEOPLE']),
      },
      uscc: subject.uscc,
    };
  }
}
