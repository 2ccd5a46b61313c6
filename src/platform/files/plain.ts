/** Files written whole or not at all, for whoever reads them while they are replaced. */
import { randomUUID } from 'node:crypto';
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';

/** Brings a folder's entries to the disk: a renamed file is durable only then. */
export async function settle(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Writes a file aside, brings it to the disk, and puts it in its place; its folder is made where missing. */
export async function writeWhole(path: string, bytes: Uint8Array): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const aside = `${path}.${randomUUID()}.new`;
  try {
    const handle = await open(aside, 'wx');
    try {
      await handle.writeFile(bytes);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(aside, path);
  } finally {
    await rm(aside, { force: true });
  }
}

/** The bytes of a file, or `null` where there is none. */
export async function readWhole(path: string): Promise<Buffer | null> {
  try {
    return await readFile(path);
  } catch (fault) {
    const { code } = fault as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return null;
    throw fault;
  }
}
