/** Receiving: the bytes are kept sealed and the batch is entered before anything is looked at. */
import type { Actor, Door } from '../../kernel/act.ts';
import type { Id } from '../../kernel/ids.ts';
import { type Result, ok, refuse } from '../../kernel/result.ts';
import type { Rulebook } from '../../kernel/rulebook/rulebook.ts';
import type { LinkTables } from '../../register/subjects/index.ts';
import { providerFor } from '../../register/units/index.ts';
import { collectible } from '../../law/directory/index.ts';
import type { LawView } from '../../archive/records/index.ts';
import type { Clock } from '../../platform/clock.ts';
import { freshId } from '../../platform/clock.ts';
import type { CryptoProvider } from '../../platform/crypto/index.ts';
import type { Database, Tx } from '../../platform/db/index.ts';
import type { FileStore } from '../../platform/files/index.ts';
import { freshBytes } from '../../platform/random.ts';
import type { CheckTables } from './checks/domain.ts';
import { itemFor } from './reading.ts';
import { type Batch, ensureOutcomeMonth, findBatch, insertBatch, readBatch } from './store.ts';
import { insertCorrections } from './store-corrections.ts';

/** What collection needs from the installation. */
export type CollectionDeps = {
  readonly database: Database;
  readonly clock: Clock;
  readonly door: Door<Tx>;
  readonly files: FileStore;
  readonly crypto: CryptoProvider;
  readonly rulebook: () => Rulebook;
  readonly law: () => LawView;
  readonly checkTables: () => CheckTables;
  readonly linkTables: () => LinkTables;
  /** Folder for temporary plain copies of workbooks and for files given back. */
  readonly workDir: string;
  /** Told what is going on; kill tests and progress bars listen. */
  readonly onPhase?: (phase: Phase) => void;
};

/** Where a run is. `in-transaction` is told after the first write of a transaction. */
export type Phase = {
  readonly name:
    'receiving' | 'entered' | 'checking' | 'in-transaction' | 'committed' | 'finishing' | 'done';
  readonly batchId: Id | null;
  readonly row: number;
};

/** A delivery as it arrives. */
export type Delivery = {
  readonly fileName: string;
  readonly source: AsyncIterable<Uint8Array>;
  readonly item: string;
  readonly provider: string;
  readonly providerName?: string;
  readonly period?: string;
  readonly declaredRows?: number;
  readonly profile?: string;
  /** Rows of an earlier batch that the rows of this one put right, in order; the heading is row 1. */
  readonly corrects?: { readonly batchId: Id; readonly rows: readonly number[] };
  readonly actor: Actor;
};

/** A batch entered, and whether the same content had been entered before. */
export type Received = { readonly batch: Batch; readonly repeated: boolean };

const periodPattern = /^\d{4}-(0[1-9]|1[0-2])$/;

/**
 * Keeps the bytes and enters the batch. Idempotent by content: the same bytes from the same provider
 * for the same item give the batch they gave before. Refuses `collection.no-such-item`,
 * `collection.bad-period`, what the directory refuses (no basis, not effective), what units and door
 * refuse; then nothing is kept.
 */
export async function receive(deps: CollectionDeps, delivery: Delivery): Promise<Result<Received>> {
  const today = deps.clock.today();
  const { place } = deps.law();
  if (delivery.period !== undefined && !periodPattern.test(delivery.period)) {
    return refuse('collection.bad-period', { period: delivery.period });
  }
  const item = itemFor(deps.rulebook(), delivery.item, today, place);
  if (!item.ok) return item;
  const basis = collectible(deps.rulebook(), item.value, today, place);
  if (!basis.ok) return basis;

  deps.onPhase?.({ name: 'receiving', batchId: null, row: 0 });
  const key = freshBytes(32);
  const stored = await deps.files.put(delivery.source, key);
  const code = item.value.item.code;
  const known = await findBatch(deps.database, {
    provider: delivery.provider,
    item: code,
    digest: stored.digest,
  });
  if (known !== null) {
    await deps.files.remove(stored.address);
    return ok({ batch: known, repeated: true });
  }
  const entered = await enter(deps, delivery, {
    ...stored,
    item: code,
    basis: basis.value.pointer,
    sealedKey: deps.crypto.sealKey(key),
  });
  if (!entered.ok || entered.value.repeated) await deps.files.remove(stored.address);
  return entered;
}

type Kept = {
  readonly address: string;
  readonly digest: string;
  readonly sizeBytes: number;
  readonly item: string;
  readonly basis: string;
  readonly sealedKey: Buffer;
};

async function enter(
  deps: CollectionDeps,
  delivery: Delivery,
  kept: Kept,
): Promise<Result<Received>> {
  const { corrects } = delivery;
  const batchId = freshId(deps.clock);
  const receivedAt = deps.clock.now();
  await ensureOutcomeMonth(deps.database, receivedAt);
  const done = await deps.database.transaction(async (tx) => {
    const act = await deps.door.pass(tx, {
      kind: 'collection.receive',
      needs: corrects === undefined ? 'collection:collect' : 'collection:correct',
      actor: delivery.actor,
      ground: { provision: kept.basis, reason: 'delivery of records' },
      traceId: batchId,
      object: `batch:${batchId}`,
      detail: {
        provider: delivery.provider,
        item: kept.item,
        digest: kept.digest,
        sizeBytes: kept.sizeBytes,
        fileName: delivery.fileName,
        ...(corrects === undefined ? {} : { corrects: corrects.batchId }),
      },
    });
    if (!act.ok) return act;
    const unit = await providerFor(tx, delivery.provider, delivery.providerName ?? null, act.value);
    if (!unit.ok) return unit;
    const inserted = await insertBatch(tx, {
      batchId,
      provider: delivery.provider,
      item: kept.item,
      digest: kept.digest,
      fileName: delivery.fileName,
      sizeBytes: kept.sizeBytes,
      address: kept.address,
      sealedKey: kept.sealedKey,
      period: delivery.period ?? null,
      declaredRows: delivery.declaredRows ?? null,
      profile: delivery.profile ?? null,
      receivedAt,
      actId: act.value.id,
    });
    if (inserted && corrects !== undefined) {
      await insertCorrections(tx, { batchId, actId: act.value.id }, corrects);
    }
    return ok(inserted);
  });
  if (!done.ok) return done;
  const batch = done.value
    ? await readBatch(deps.database, batchId)
    : await findBatch(deps.database, {
        provider: delivery.provider,
        item: kept.item,
        digest: kept.digest,
      });
  deps.onPhase?.({ name: 'entered', batchId: batch!.batchId, row: 0 });
  return ok({ batch: batch!, repeated: !done.value });
}
