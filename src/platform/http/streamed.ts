/** Bodies that are files: read while they come, bounded, and never taken for whole when they are not. */
import { type Refusal, refuse } from '../../kernel/result.ts';
import type { EdgeContext } from './edge.ts';

/** Thrown while a body is read that can not be taken; `mount` answers with its refusal. */
export class BodyRefused extends Error {
  readonly refusal: Refusal;

  constructor({ refusal }: { readonly refusal: Refusal }) {
    super(refusal.code);
    this.refusal = refusal;
  }
}

/** A file that is being sent. */
export type SentFile = {
  /** As its sender calls it (RFC 8187, in `content-disposition`); `null`: it has no name. */
  readonly fileName: string | null;
  /**
   * The bytes as they come; the sender waits while nobody reads. Throws {@link BodyRefused} beyond
   * `most` bytes, and when the sender goes away before the end.
   */
  readonly bytes: (most: number) => AsyncIterable<Uint8Array>;
};

/** What a request sends. */
export function sentFile(c: EdgeContext): SentFile {
  return {
    fileName: fileNameIn(c.req.header('content-disposition') ?? ''),
    bytes: (most) => bytesOf(c, most),
  };
}

async function* bytesOf(c: EdgeContext, most: number): AsyncGenerator<Uint8Array> {
  const told = c.req.header('content-length');
  const tooLarge = () => new BodyRefused(refuse('http.body-too-large', { most }));
  if (Number(told ?? 0) > most) throw tooLarge();
  let bytes = 0;
  try {
    for await (const chunk of c.req.raw.body ?? []) {
      bytes += (chunk as Uint8Array).length;
      if (bytes > most) throw tooLarge();
      yield chunk as Uint8Array;
    }
  } catch (error) {
    // Whatever ends a body before its time: a socket that closed, a chunk that is none.
    throw error instanceof BodyRefused ? error : new BodyRefused(refuse('http.body-broken-off'));
  }
  if (told !== undefined && bytes !== Number(told)) {
    throw new BodyRefused(refuse('http.body-broken-off'));
  }
}

/** The name in `attachment; filename*=UTF-8''…`; `null` where there is none that can be read. */
export function fileNameIn(disposition: string): string | null {
  const found = /(?:^|;)\s*filename\*=utf-8''([^;\s]+)/i.exec(disposition);
  if (found === null) return null;
  try {
    return decodeURIComponent(found[1]!);
  } catch {
    return null;
  }
}

/** `content-disposition` of a file to be kept under a name. */
export function attachment(fileName: string): string {
  const text = encodeURIComponent(fileName).replaceAll(
    /['()*]/g,
    (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `attachment; filename*=UTF-8''${text}`;
}
