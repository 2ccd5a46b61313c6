/**
 * A stream sealed in frames of 64 KiB: AES-256-GCM, nonce = frame number, the last frame marked in
 * the additional data, so that cutting, reordering and lengthening all fail to open.
 */
import { createCipheriv, createDecipheriv } from 'node:crypto';
import { Fault, assert } from '../../kernel/result.ts';

const magic = Buffer.from('XHF1');
const frameBytes = 64 * 1024;
const tagBytes = 16;

function nonceOf(frame: number): Buffer {
  const nonce = Buffer.alloc(12);
  nonce.writeBigUInt64BE(BigInt(frame), 4);
  return nonce;
}

function sealFrame(key: Buffer, frame: number, plain: Buffer, last: boolean): Buffer {
  const cipher = createCipheriv('aes-256-gcm', key, nonceOf(frame));
  cipher.setAAD(Buffer.from([last ? 1 : 0]));
  return Buffer.concat([cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
}

function openFrame(key: Buffer, frame: number, sealed: Buffer, last: boolean): Buffer {
  assert(sealed.length >= tagBytes, 'sealed file is cut short');
  const decipher = createDecipheriv('aes-256-gcm', key, nonceOf(frame));
  decipher.setAAD(Buffer.from([last ? 1 : 0]));
  decipher.setAuthTag(sealed.subarray(sealed.length - tagBytes));
  try {
    return Buffer.concat([
      decipher.update(sealed.subarray(0, sealed.length - tagBytes)),
      decipher.final(),
    ]);
  } catch {
    throw new Fault('sealed file was changed or belongs to another key');
  }
}

/** Gathers a stream into pieces of exactly `size` bytes (the last one shorter). */
async function* inPieces(source: AsyncIterable<Uint8Array>, size: number): AsyncGenerator<Buffer> {
  let parts: Buffer[] = [];
  let held = 0;
  for await (const chunk of source) {
    let rest = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
    while (held + rest.length >= size) {
      const take = size - held;
      yield Buffer.concat([...parts, rest.subarray(0, take)]);
      rest = rest.subarray(take);
      parts = [];
      held = 0;
    }
    if (rest.length > 0) {
      parts.push(Buffer.from(rest));
      held += rest.length;
    }
  }
  if (held > 0) yield Buffer.concat(parts);
}

/** Seals a stream of bytes under a 32-byte key used for this stream only. */
export async function* seal(
  source: AsyncIterable<Uint8Array>,
  key: Buffer,
): AsyncGenerator<Buffer> {
  yield magic;
  let frame = 0;
  let waiting: Buffer | null = null;
  for await (const piece of inPieces(source, frameBytes)) {
    if (waiting !== null) yield sealFrame(key, frame++, waiting, false);
    waiting = piece;
  }
  yield sealFrame(key, frame, waiting ?? Buffer.alloc(0), true);
}

/** Opens what {@link seal} made; faults on any change. */
export async function* unseal(
  source: AsyncIterable<Uint8Array>,
  key: Buffer,
): AsyncGenerator<Buffer> {
  let frame = 0;
  let waiting: Buffer | null = null;
  let head = true;
  const withoutMagic = (async function* () {
    let skipped = Buffer.alloc(0);
    for await (const chunk of source) {
      if (!head) {
        yield chunk;
        continue;
      }
      skipped = Buffer.concat([skipped, chunk]);
      if (skipped.length < magic.length) continue;
      assert(skipped.subarray(0, magic.length).equals(magic), 'not a sealed file');
      head = false;
      yield skipped.subarray(magic.length);
    }
  })();
  for await (const piece of inPieces(withoutMagic, frameBytes + tagBytes)) {
    if (waiting !== null) yield openFrame(key, frame++, waiting, false);
    waiting = piece;
  }
  assert(!head && waiting !== null, 'sealed file is cut short');
  yield openFrame(key, frame, waiting, true);
}
