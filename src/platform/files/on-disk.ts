/** A plain file as something that can be sent: its size known, its bytes read when they are wanted. */
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import type { Readable } from 'node:stream';

/** Looks a file up. Throws when there is none. */
export async function fileOnDisk(
  path: string,
): Promise<{ readonly open: () => Readable; readonly sizeBytes: number }> {
  const { size } = await stat(path);
  return { open: () => createReadStream(path), sizeBytes: size };
}
