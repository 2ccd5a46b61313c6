/** A register of the sample city taken into the base library, as `xinheng registry import` does. */
import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { resolve } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { assert } from '../../kernel/result.ts';
import { openTable } from '../../platform/spreadsheet/index.ts';
import { importRegistry } from '../../register/subjects/index.ts';
import { baseLibraryStandards } from '../installation.ts';
import { officer } from './actors.ts';
import type { BuildContext } from './context.ts';
import { bytesOf, tableOfRegistry } from './files.ts';
import type { RegistryOrder } from './registry.ts';

/** Writes the register to a file beside the data, imports it, and removes the file. */
export async function importRegister(context: BuildContext, order: RegistryOrder): Promise<void> {
  const { installation, parties, standards } = context;
  const content = tableOfRegistry(parties.plan, order, standards);
  const folder = resolve(installation.config.varDir, 'sample-city');
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const path = resolve(folder, content.fileName);
  const hash = createHash('sha256');
  const hashed = async function* () {
    for await (const piece of bytesOf(content)) {
      hash.update(piece);
      yield piece;
    }
  };
  try {
    await pipeline(Readable.from(hashed(), { objectMode: false }), createWriteStream(path));
    const table = await openTable({ path });
    assert(table.ok, `sample register: ${JSON.stringify(table)}`);
    const imported = await importRegistry(installation, {
      fileName: content.fileName,
      digest: hash.digest('hex'),
      table: table.value,
      standards: baseLibraryStandards(installation.rulebook()),
      tables: installation.linkTables(),
      actor: officer,
    });
    assert(imported.ok, `sample register: ${JSON.stringify(imported)}`);
    await table.value.close();
  } finally {
    await rm(path, { force: true });
  }
}
