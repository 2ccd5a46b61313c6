/** Opening the sealed bytes of a batch as a table. */
import { createWriteStream } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { type Result, ok } from '../../kernel/result.ts';
import { type Table, openTable } from '../../platform/spreadsheet/index.ts';
import type { CollectionDeps } from './service-receive.ts';
import type { Batch } from './store.ts';

/** The plain bytes of a batch as a table; workbooks need a file, which lives only while it is read. */
export async function tableOf(
  deps: CollectionDeps,
  batch: Batch,
): Promise<Result<{ table: Table; close: () => Promise<void> }>> {
  const key = deps.crypto.openKey(batch.sealedKey);
  const streamed = await openTable({ stream: () => deps.files.read(batch.address, key) });
  if (streamed.ok) return ok({ table: streamed.value, close: () => streamed.value.close() });
  if (streamed.refusal.code !== 'table.needs-file') return streamed;
  const folder = resolve(deps.workDir, 'reading');
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const path = resolve(folder, `${batch.batchId}.tmp`);
  await pipeline(deps.files.read(batch.address, key), createWriteStream(path, { mode: 0o600 }));
  const opened = await openTable({ path });
  const remove = () => rm(path, { force: true });
  if (!opened.ok) {
    await remove();
    return opened;
  }
  const table = opened.value;
  return ok({ table, close: () => table.close().then(remove, remove) });
}
