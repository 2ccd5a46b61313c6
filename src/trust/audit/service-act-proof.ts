/** One act against the log: whether its row is what was committed to, and whether the log has it, and where. */
import { commitmentOf } from '../../kernel/canonical.ts';
import type { Instant } from '../../kernel/day.ts';
import type { Id } from '../../kernel/ids.ts';
import { type Result, ok, refuse } from '../../kernel/result.ts';
import { checkSm2 } from '../../platform/crypto/index.ts';
import type { Database } from '../../platform/db/index.ts';
import {
  type KeyHolder,
  checkBundle,
  findCommitments,
  lastCheckpoint,
  logVerifier,
  proveRecord,
  readHead,
} from '../transparency-log/index.ts';
import { actText } from './domain.ts';
import type { StoredAct } from './store.ts';
import { readAct } from './store-search.ts';

/** What proving an act needs. `folder`: where the log's files lie. */
export type ProofDeps = {
  readonly database: Database;
  readonly crypto: KeyHolder;
  readonly folder: string;
};

/** An act beside its commitment and the log. */
export type ActProof = {
  /** Against the commitment. `uncommitted`: there is none of this act at this instant. */
  readonly row: 'unchanged' | 'altered' | 'uncommitted';
  /** In hexadecimal. */
  readonly commitment: string | null;
  /**
   * `shown`: the files hold the commitment at its place, under the newest checkpoint; `placed`: it has a
   * place that no checkpoint covers yet; `waiting`: no place yet; `differs`: the files hold something else
   * there; `unread`: they could not be read; `absent`: there is no commitment to look for.
   */
  readonly log: 'shown' | 'placed' | 'waiting' | 'differs' | 'unread' | 'absent';
  readonly position: number | null;
  /** Since when it waits, while it does. */
  readonly since: Instant | null;
  readonly checkpoint: { readonly size: number; readonly at: Instant } | null;
};

/** Holds one act against its commitment and against the files of the log. Refuses `audit.no-such-act {act}`. */
export async function proveAct(
  deps: ProofDeps,
  id: Id,
): Promise<Result<{ readonly stored: StoredAct; readonly proof: ActProof }>> {
  const stored = await readAct(deps.database, id);
  if (stored === null) return refuse('audit.no-such-act', { act: id });
  return ok({ stored, proof: await proofOf(deps, stored) });
}

async function proofOf(deps: ProofDeps, { act, salt }: StoredAct): Promise<ActProof> {
  const checkpoint = await lastCheckpoint(deps.database);
  const signed = checkpoint === null ? null : { size: checkpoint.size, at: checkpoint.signedAt };
  const of = { objectId: act.id, at: act.at };
  // The first in the log counts: another one was put in later, to fit a row that had been changed.
  const [first] = await findCommitments(deps.database, [of]);
  if (first === undefined) {
    return {
      ...{ row: 'uncommitted', commitment: null, log: 'absent', position: null, since: null },
      checkpoint: signed,
    };
  }
  const { commitment, position } = first;
  const isSame =
    salt !== null && commitmentOf(Buffer.from(salt, 'hex'), actText(act)).equals(commitment);
  const log = position === null ? 'waiting' : await shownAt(deps, of, position, signed);
  return {
    ...{ row: isSame ? 'unchanged' : 'altered', commitment: commitment.toString('hex') },
    ...{ log, position, checkpoint: signed },
    since: log === 'waiting' || log === 'placed' ? act.at : null,
  };
}

async function shownAt(
  deps: ProofDeps,
  of: { readonly objectId: Id; readonly at: Instant },
  position: number,
  signed: ActProof['checkpoint'],
): Promise<ActProof['log']> {
  const head = await readHead(deps.database);
  if (head === null || signed === null || position >= signed.size) return 'placed';
  // Neither text nor salt: whatever the row says now, what was committed to is looked for.
  const committed = { ...of, text: null, salt: null };
  // Files that are gone or broken are a finding about the log, and no fault of whoever looks.
  const proved = await proveRecord(deps, `act:${of.objectId}`, [committed]).catch(() => null);
  if (proved === null || !proved.ok) return 'unread';
  const trusted = { log: logVerifier(deps.crypto, head.origin), others: [], sm2: checkSm2 };
  return checkBundle(proved.value, trusted).ok ? 'shown' : 'differs';
}
