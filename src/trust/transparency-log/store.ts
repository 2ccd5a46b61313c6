/** Commitments wait here for the sequencer; positions come with the log. */
import { type Instant } from '../../kernel/day.ts';
import type { Id } from '../../kernel/ids.ts';
import { type Tx, copyHex } from '../../platform/db/index.ts';

/** A salted commitment to one act or record version. */
export type Commitment = {
  readonly id: Id;
  readonly kind: 'act' | 'statement-version';
  readonly objectId: Id;
  readonly commitment: Buffer;
  readonly at: Instant;
};

/** Writes commitments in the transaction of what they commit to. */
export async function insertCommitments(tx: Tx, commitments: readonly Commitment[]): Promise<void> {
  await tx.copy(
    'transparency_log.commitment',
    ['id', 'kind', 'object_id', 'commitment', 'at'],
    commitments.map(
      (item) =>
        `${item.id}\t${item.kind}\t${item.objectId}\t${copyHex(
          item.commitment.toString('hex'),
        )}\t${item.at}`,
    ),
  );
}
