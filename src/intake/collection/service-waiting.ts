/** What waits for a link, for those who decide: the row as it came, without what nobody has to see. */
import type { Instant } from '../../kernel/day.ts';
import type { Id } from '../../kernel/ids.ts';
import type { Queryable } from '../../platform/db/index.ts';
import { readHeld } from './store-held.ts';

/** A row that waits, or waited, for its subject. */
export type WaitingRow = {
  readonly batchId: Id;
  readonly rowNo: number;
  readonly fileName: string;
  readonly provider: string;
  readonly item: string;
  readonly standard: string;
  readonly receivedAt: Instant;
  readonly state: 'held' | 'linked' | 'returned';
  readonly recordId: Id | null;
  readonly documentNumber: string | null;
  readonly authorityName: string | null;
  readonly values: Readonly<Record<string, string>>;
};

const rowObject = /^row:([0-9a-f-]{36})\/(\d+)$/;

/** The row a review is about, by the review's object; `null` where it is about none. */
export async function waitingRow(db: Queryable, object: string): Promise<WaitingRow | null> {
  const match = rowObject.exec(object);
  if (match === null) return null;
  const held = await readHeld(db, { batchId: match[1]!, rowNo: Number(match[2]) });
  if (held === null) return null;
  const { batchId, rowNo, fileName, provider, item, receivedAt, state, recordId, prepared } = held;
  const { standard, documentNumber, authorityName, values } = prepared;
  return {
    ...{ batchId, rowNo, fileName, provider, item, receivedAt, state, recordId },
    ...{ standard, documentNumber, authorityName, values },
  };
}
