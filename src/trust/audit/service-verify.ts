/** Whether every act is still what was committed to when it was done: row against commitment, both ways. */
import { commitmentOf } from '../../kernel/canonical.ts';
import type { Instant } from '../../kernel/day.ts';
import type { Id } from '../../kernel/ids.ts';
import type { Database, Queryable } from '../../platform/db/index.ts';
import { actCommitments, countActCommitments } from '../transparency-log/index.ts';
import { actText } from './domain.ts';
import { type StoredAct, actsAfter, storedActsAbout } from './store.ts';

/** Acts about objects with what their commitments cover; salts in hexadecimal. */
export async function committedActs(
  db: Queryable,
  objects: readonly string[],
): Promise<{ objectId: Id; at: Instant; text: string | null; salt: string | null }[]> {
  return (await storedActsAbout(db, objects)).map(({ act, salt }) => ({
    objectId: act.id,
    at: act.at,
    text: salt === null ? null : actText(act),
    salt,
  }));
}

/** What is wrong with an act. `altered`: another text than was committed to; `uncommitted`: the log knows nothing of it. */
export type AuditFinding = {
  readonly kind: 'altered' | 'uncommitted';
  readonly act: Id;
  readonly at: Instant;
  readonly what: string;
};

/** What verifying found. `missing`: commitments to acts of which there is no row any more. */
export type AuditCheck = {
  readonly acts: number;
  readonly missing: number;
  readonly findings: readonly AuditFinding[];
};

const together = 5_000;
const findingsMax = 1_000;

/** Holds every act against its commitment, in order of time; of very many findings the first thousand are told. */
export async function verifyAudit(database: Database): Promise<AuditCheck> {
  return database.transaction(async (tx) => {
    const findings: AuditFinding[] = [];
    let acts = 0;
    let known = 0;
    let after: { at: Instant; id: Id } | null = null;
    for (;;) {
      const page: StoredAct[] = await actsAfter(tx, after, together);
      const last = page.at(-1);
      if (last === undefined) break;
      const commitments = await actCommitments(tx, page[0]!.act.at, last.act.at);
      for (const stored of page) {
        acts += 1;
        const commitment = commitments.get(stored.act.id);
        if (commitment !== undefined) known += 1;
        const kind = verdictOf(stored, commitment);
        const { id, at, object, kind: what } = stored.act;
        if (kind !== null && findings.length < findingsMax) {
          findings.push({ kind, act: id, at, what: `${what} ${object}` });
        }
      }
      after = last.act;
    }
    return { acts, missing: (await countActCommitments(tx)) - known, findings };
  });
}

function verdictOf(
  { act, salt }: StoredAct,
  commitment: Buffer | undefined,
): AuditFinding['kind'] | null {
  if (commitment === undefined) return 'uncommitted';
  if (salt === null) return null;
  return commitmentOf(Buffer.from(salt, 'hex'), actText(act)).equals(commitment) ? null : 'altered';
}
