/**
 * The table of shared strings. Any cell may refer to any entry, so it must be at hand as a whole; it is
 * kept as UTF-8 outside the heap, where a string costs its bytes plus eight, and refused when it is too
 * large for that.
 */
import { type Result, ok, refuse } from '../../../kernel/result.ts';
import { type Limits, type TableRefusal, storedCharsMax } from '../table.ts';
import { scanPart } from './scan-part.ts';
import { RichText } from './rich-text.ts';
import type { ZipParts } from './zip-parts.ts';

const blockBytes = 1024 * 1024;
const cacheSize = 4_096;

/** Thrown inside the scan once the limit is passed; never leaves this module. */
class TooLarge extends Error {}

/** Strings by number. */
export class SharedStrings {
  private readonly blocks: Buffer[] = [];
  private used = 0;
  private starts = new Float64Array(1_024);
  private lengths = new Uint32Array(1_024);
  private count = 0;
  private bytes = 0;
  // Columns of categories repeat a few strings thousands of times.
  private readonly cachedNumbers = new Int32Array(cacheSize).fill(-1);
  private readonly cachedTexts = new Array<string>(cacheSize).fill('');

  /** How many strings there are. */
  get size(): number {
    return this.count;
  }

  /** Memory taken, in bytes. */
  get memory(): number {
    return this.bytes;
  }

  /** Appends a string. */
  add(text: string): void {
    const length = Buffer.byteLength(text);
    // An empty first string needs a block, too.
    if (this.blocks.length === 0 || this.used + length > blockBytes) {
      this.blocks.push(Buffer.allocUnsafeSlow(Math.max(blockBytes, length)));
      this.used = 0;
    }
    if (this.count === this.starts.length) this.grow();
    this.starts[this.count] = (this.blocks.length - 1) * blockBytes * 2 + this.used;
    this.lengths[this.count] = length;
    this.used += this.blocks[this.blocks.length - 1]!.write(text, this.used);
    this.count += 1;
    this.bytes += length + 12;
  }

  private grow(): void {
    const starts = new Float64Array(this.starts.length * 2);
    const lengths = new Uint32Array(this.starts.length * 2);
    starts.set(this.starts);
    lengths.set(this.lengths);
    this.starts = starts;
    this.lengths = lengths;
  }

  /** The string of this number; `null` when there is none. */
  get(number: number): string | null {
    if (!Number.isInteger(number) || number < 0 || number >= this.count) return null;
    const slot = number % cacheSize;
    if (this.cachedNumbers[slot] === number) return this.cachedTexts[slot]!;
    const start = this.starts[number]!;
    const block = this.blocks[Math.floor(start / (blockBytes * 2))]!;
    const offset = start % (blockBytes * 2);
    const text = block.toString('utf8', offset, offset + this.lengths[number]!);
    // Long texts hardly repeat and would make the cache heavy.
    if (text.length <= 256) {
      this.cachedNumbers[slot] = number;
      this.cachedTexts[slot] = text;
    }
    return text;
  }
}

/** Reads the part of shared strings; rich text is joined, phonetic guides are left out. */
export async function readSharedStrings(
  parts: ZipParts,
  name: string,
  limits: Limits,
): Promise<Result<SharedStrings, TableRefusal>> {
  const strings = new SharedStrings();
  const item = new RichText();
  const longest = storedCharsMax(limits);
  const handler = {
    open: (element: string): void => {
      if (element === 'si') item.clear();
      else item.open(element);
    },
    close: (element: string): void => {
      item.close(element);
      if (element !== 'si') return;
      strings.add(item.value(longest));
      if (strings.memory > limits.sharedStringsBytesMax) throw new TooLarge();
    },
    text: (text: string): void => item.text(text, longest),
  };
  try {
    const scanned = await scanPart(parts, name, handler, {
      limits,
      bytesMax: limits.sheetBytesMax,
    });
    return scanned.ok ? ok(strings) : scanned;
  } catch (error) {
    if (!(error instanceof TooLarge)) throw error;
    return refuse('table.shared-strings-too-large', { bytesMax: limits.sharedStringsBytesMax });
  }
}
