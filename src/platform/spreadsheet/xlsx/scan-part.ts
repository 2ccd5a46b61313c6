/** Runs the XML of one part of a workbook through a handler. */
import { type Result, ok } from '../../../kernel/result.ts';
import { type Limits, type TableRefusal, storedCharsMax } from '../table.ts';
import { StreamDecoder } from '../text/decoder.ts';
import { MarkQueue } from '../text/marks.ts';
import { recogniseEncoding } from '../text/recognise-encoding.ts';
import { BadXml, type XmlHandler, XmlScanner } from './xml-scanner.ts';
import { DamagedPart, type ZipParts } from './zip-parts.ts';

/**
 * The text of a part, piece by piece: UTF-8, or UTF-16 by its byte order mark or its NULs. Bytes that
 * can not be decoded stay marked and are reported with the cell they stand in.
 */
export async function* partText(parts: ZipParts, name: string): AsyncGenerator<string> {
  let decoder: StreamDecoder | null = null;
  let head = Buffer.alloc(0);
  for await (const chunk of parts.read(name)) {
    if (decoder !== null) {
      yield decoder.push(chunk);
      continue;
    }
    head = Buffer.concat([head, chunk]);
    if (head.length < 256) continue;
    decoder = begin(head);
    yield decoder.push(head.subarray(bomLength(head)));
  }
  if (decoder === null) {
    decoder = begin(head);
    yield decoder.push(head.subarray(bomLength(head)));
  }
  yield decoder.end();
}

function begin(head: Buffer): StreamDecoder {
  const { encoding } = recogniseEncoding(head.subarray(0, 256), false);
  const wide = encoding === 'utf-16le' || encoding === 'utf-16be';
  // Offsets within a part mean nothing to anybody, so the marks' queue is not kept.
  return new StreamDecoder(wide ? encoding : 'utf-8', new MarkQueue());
}

function bomLength(head: Buffer): number {
  return recogniseEncoding(head.subarray(0, 256), false).bomBytes;
}

/**
 * Scans a whole part. Refuses it when it is too large, damaged, not XML, or holds a document type
 * declaration; what the handler throws, apart from that, passes through.
 */
export async function scanPart(
  parts: ZipParts,
  name: string,
  handler: XmlHandler,
  settings: { readonly limits: Limits; readonly bytesMax: number },
): Promise<Result<true, TableRefusal>> {
  const { limits, bytesMax } = settings;
  const checked = parts.check(name, bytesMax, limits);
  if (!checked.ok) return checked;
  const scanner = new XmlScanner(handler, storedCharsMax(limits));
  try {
    for await (const piece of partText(parts, name)) {
      scanner.write(piece);
      scanner.run();
    }
    scanner.end();
    return ok(true);
  } catch (error) {
    return { ok: false, refusal: refusalOf(error, name) };
  }
}

/** The refusal an error in a part amounts to; errors of other kinds are thrown on. */
export function refusalOf(error: unknown, part: string): TableRefusal {
  if (error instanceof BadXml && error.forbidden) {
    return { code: 'table.suspicious', params: { reason: `${part}: DOCTYPE` } };
  }
  if (error instanceof BadXml || error instanceof DamagedPart) {
    return { code: 'table.damaged', params: { part } };
  }
  throw error;
}
