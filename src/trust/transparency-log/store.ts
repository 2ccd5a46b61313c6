/** SQL of the log: commitments, the positions they are given, the head, and what was signed. */
import type { Instant } from '../../kernel/day.ts';
import type { Id } from '../../kernel/ids.ts';
import { assert } from '../../kernel/result.ts';
import { type Queryable, type Tx, copyHex, sql } from '../../platform/db/index.ts';
import type { HashName } from './domain-tree.ts';

/** A salted commitment to one act, event, reading or record version. */
export type Commitment = {
  readonly id: Id;
  readonly kind: 'act' | 'event' | 'reading' | 'letter' | 'service' | 'month' | 'statement-version';
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

/** The log as the database knows it. */
export type LogHead = {
  readonly origin: string;
  readonly hash: HashName;
  /** Leaves with a position. */
  readonly size: number;
  readonly epoch: number;
};

type HeadRow = Omit<LogHead, 'size' | 'epoch'> & { readonly size: string; readonly epoch: string };

const headSelect = sql`select origin, hash, size::text, epoch::text from transparency_log.head`;

const headOf = (row: HeadRow): LogHead => ({
  ...row,
  size: Number(row.size),
  epoch: Number(row.epoch),
});

/** The head, or `null` before the log was begun. */
export async function readHead(db: Queryable): Promise<LogHead | null> {
  const [row] = await db.query<HeadRow>(headSelect);
  return row === undefined ? null : headOf(row);
}

/** The head, locked to the end of the transaction. */
export async function lockHead(tx: Tx): Promise<LogHead> {
  const [row] = await tx.query<HeadRow>(sql`${headSelect} for update`);
  assert(row !== undefined, 'the log was begun');
  return headOf(row);
}

/** Begins the log, or leaves the one that was begun; gives the epoch of whoever sequences from now on. */
export async function beginEpoch(tx: Tx, log: Pick<LogHead, 'origin' | 'hash'>): Promise<LogHead> {
  const [row] = await tx.query<HeadRow>(sql`
    insert into transparency_log.head (origin, hash, size, epoch)
    values (${log.origin}, ${log.hash}, 0, 1)
    on conflict (one) do update set epoch = transparency_log.head.epoch + 1
    returning origin, hash, size::text, epoch::text`);
  return headOf(row!);
}

/** Whether any commitment waits for a position. */
export async function isAnyWaiting(db: Queryable): Promise<boolean> {
  const [row] = await db.query<{ any: boolean }>(sql`
    select exists (select from transparency_log.commitment where position is null) as any`);
  return row!.any;
}

/** Gives the next positions to commitments that have none, oldest first, and how many there were. */
export async function givePositions(tx: Tx, from: number, most: number): Promise<number> {
  const given = await tx.execute(sql`
    update transparency_log.commitment c set position = ${from} + n.no
    from (select id, row_number() over (order by at, id) - 1 as no
          from (select id, at from transparency_log.commitment
                where position is null order by at, id limit ${most}) waiting) n
    where c.id = n.id`);
  if (given > 0) {
    await tx.execute(sql`update transparency_log.head set size = ${from + given}`);
  }
  return given;
}

/** A leaf as the database has it. */
export type Leaf = { readonly position: number; readonly at: Instant; readonly commitment: Buffer };

/** Leaves from one position up to another, in order. */
export async function readLeaves(db: Queryable, from: number, to: number): Promise<Leaf[]> {
  const rows = await db.query<Omit<Leaf, 'position'> & { position: string }>(sql`
    select c.position::text, c.at, c.commitment from transparency_log.commitment c
    where c.position >= ${from} and c.position < ${to} order by c.position`);
  return rows.map((row) => ({ ...row, position: Number(row.position) }));
}

/** A checkpoint as it was signed. */
export type SignedCheckpoint = {
  readonly size: number;
  readonly root: Buffer;
  readonly note: string;
  readonly signedAt: Instant;
};

/** The newest checkpoint, or `null`. */
export async function lastCheckpoint(db: Queryable): Promise<SignedCheckpoint | null> {
  const [row] = await db.query<Omit<SignedCheckpoint, 'size'> & { size: string }>(sql`
    select c.size::text, c.root, c.note, c.signed_at as "signedAt"
    from transparency_log.checkpoint c order by c.size desc limit 1`);
  return row === undefined ? null : { ...row, size: Number(row.size) };
}

/** Keeps a checkpoint. */
export async function insertCheckpoint(tx: Tx, checkpoint: SignedCheckpoint): Promise<void> {
  const { size, root, note, signedAt } = checkpoint;
  await tx.execute(sql`
    insert into transparency_log.checkpoint (size, root, note, signed_at)
    values (${size}, ${root}, ${note}, ${signedAt})`);
}

/** The log at one moment: all of it read by one statement, so that the parts fit together. */
export type LogReading = Pick<LogHead, 'origin' | 'hash'> & {
  /** Leaves with a position and in no checkpoint, and commitments without one, counted to a hundred thousand. */
  readonly waiting: number;
  /** When the oldest of them was made. */
  readonly since: Instant | null;
  readonly signedSize: number | null;
  readonly signedAt: Instant | null;
  readonly root: Buffer | null;
};

/** Reads the log as it stands; `null` before it was begun. */
export async function readLog(db: Queryable): Promise<LogReading | null> {
  const [row] = await db.query<Omit<LogReading, 'signedSize'> & { signedSize: string | null }>(sql`
    select h.origin, h.hash, c.size::text as "signedSize", c.signed_at as "signedAt", c.root,
           (h.size - coalesce(c.size, 0) + (select count(*) from (
              select from transparency_log.commitment
              where position is null limit 100000) w))::int as waiting,
           least((select at from transparency_log.commitment
                    where position is null order by at, id limit 1),
                 (select at from transparency_log.commitment
                    where position = coalesce(c.size, 0))) as since
    from transparency_log.head h
    left join lateral (
      select size, signed_at, root from transparency_log.checkpoint order by size desc limit 1
    ) c on true`);
  if (row === undefined) return null;
  return { ...row, signedSize: row.signedSize === null ? null : Number(row.signedSize) };
}

/** Enters leaves that a restored database has forgotten: at their positions, known by nothing but themselves. */
export async function adoptLeaves(
  tx: Tx,
  leaves: readonly (Leaf & { readonly id: Id })[],
): Promise<void> {
  for (const { id, position, at, commitment } of leaves) {
    const [known] = await tx.query<{ id: Id }>(sql`
      select id from transparency_log.commitment
      where commitment = ${commitment} and at = ${at} and position is null limit 1`);
    if (known === undefined) {
      await tx.execute(sql`
        insert into transparency_log.commitment (id, kind, object_id, commitment, position, at)
        values (${id}, 'lost', ${id}, ${commitment}, ${position}, ${at})`);
    } else {
      await tx.execute(sql`
        update transparency_log.commitment set position = ${position} where id = ${known.id}`);
    }
  }
  const last = leaves.at(-1);
  if (last !== undefined) {
    await tx.execute(sql`update transparency_log.head set size = ${last.position + 1}`);
  }
}

/** A commitment as it stands in the log. `position` is `null` while it waits. */
export type Placed = {
  readonly objectId: Id;
  readonly at: Instant;
  readonly commitment: Buffer;
  readonly position: number | null;
};

/** Commitments of objects written at given instants: where each stands in the log. */
export async function findCommitments(
  db: Queryable,
  wanted: readonly { readonly objectId: Id; readonly at: Instant }[],
): Promise<Placed[]> {
  const rows = await db.query<Omit<Placed, 'position'> & { position: string | null }>(sql`
    select c.object_id as "objectId", c.at, c.commitment, c.position::text
    from unnest(${wanted.map(({ objectId }) => objectId)}::uuid[],
                ${wanted.map(({ at }) => at)}::timestamptz[]) as w (object_id, at)
    join transparency_log.commitment c on c.at = w.at and c.object_id = w.object_id
    order by c.position`);
  return rows.map((row) => ({
    ...row,
    position: row.position === null ? null : Number(row.position),
  }));
}

/** Commitments of a kind made between two instants, both included, by what they commit to. */
export async function commitmentsOf(
  db: Queryable,
  kind: Commitment['kind'],
  from: Instant,
  to: Instant,
): Promise<Map<Id, Buffer>> {
  const rows = await db.query<{ id: Id; commitment: Buffer }>(sql`
    select c.object_id as id, c.commitment from transparency_log.commitment c
    where c.at between ${from} and ${to} and c.kind = ${kind}`);
  return new Map(rows.map(({ id, commitment }) => [id, commitment]));
}

/** How many commitments of a kind there are. */
export async function countCommitments(db: Queryable, kind: Commitment['kind']): Promise<number> {
  const [row] = await db.query<{ count: number }>(sql`
    select count(*)::int as count from transparency_log.commitment c where c.kind = ${kind}`);
  return row!.count;
}
