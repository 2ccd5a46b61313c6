/** Decoded text with a window that moves forward: what the readers of text formats read from. */
import { isAscii } from 'node:buffer';
import type { ProblemList } from '../problems.ts';
import type { Limits, TextEncoding } from '../table.ts';
import type { ByteSource } from './byte-source.ts';
import { StreamDecoder } from './decoder.ts';
import { suspectText } from './inspect-cell.ts';
import { MarkQueue } from './marks.ts';
import { type EncodingGuess, chooseByteEncoding } from './recognise-encoding.ts';

/** Most characters added to the window at a time. */
const addedMax = 256 * 1024;

/**
 * The window is `text`; its first character is number `base` of the whole. Readers work within the
 * window and call {@link TextInput.more} when they need to see further.
 */
export class TextInput {
  /** The window. */
  text = '';
  /** Number of the window's first character in the whole text. */
  base = 0;
  /** Whether the window reaches the end of the file. */
  ended = false;
  /** Where bytes could not be decoded. */
  readonly marks = new MarkQueue();

  private readonly source: ByteSource;
  private readonly limits: Limits;
  private readonly problems: ProblemList;
  private decoder: StreamDecoder | null = null;
  private chosen: TextEncoding | undefined;
  private bytesRead = 0;
  private bomBytes: number;
  private suspectFrom = 0;
  private suspectTo = 0;

  constructor(
    source: ByteSource,
    guess: EncodingGuess,
    settings: { readonly limits: Limits; readonly problems: ProblemList },
  ) {
    this.source = source;
    this.limits = settings.limits;
    this.problems = settings.problems;
    this.bomBytes = guess.bomBytes;
    if (guess.encoding !== undefined) this.choose(guess, guess.bomBytes, guess.bomBytes);
  }

  /** The encoding, as far as it is known: ASCII is UTF-8 until proven otherwise. */
  get encoding(): TextEncoding {
    return this.chosen ?? 'utf-8';
  }

  /**
   * Drops what stands before `from` in the window and reads on. About as much is added as was kept, so
   * that a long record, looked at again each time, still costs time in proportion to its length.
   */
  async more(from: number): Promise<void> {
    const kept = this.text.slice(from);
    this.base += from;
    const parts = [kept];
    let added = 0;
    const wanted = Math.min(Math.max(1, kept.length), addedMax);
    while (!this.ended && added < wanted) {
      const chunk = await this.decodeNext();
      this.noteSuspect(this.base + kept.length + added, chunk);
      added += chunk.length;
      parts.push(chunk);
    }
    this.text = parts.join('');
  }

  /** Whether characters `from` to `to` of the window may hold something worth reporting. */
  suspect(from: number, to: number): boolean {
    return this.base + from < this.suspectTo && this.base + to > this.suspectFrom;
  }

  private noteSuspect(start: number, chunk: string): void {
    const end = start + chunk.length;
    if (!this.marks.anyBefore(end) && !suspectText.test(chunk)) return;
    // Blocks in between are looked at for nothing; that costs time, not correctness.
    if (this.suspectTo <= this.base) this.suspectFrom = start;
    this.suspectTo = end;
  }

  private async decodeNext(): Promise<string> {
    const block = await this.source.next(this.limits.blockBytes);
    if (block === null) {
      this.ended = true;
      return this.decoder?.end() ?? '';
    }
    const skip = Math.min(this.bomBytes, block.length);
    this.bomBytes -= skip;
    const bytes = block.subarray(skip);
    if (this.decoder !== null) return this.decoder.push(bytes);
    return this.decodeUndecided(bytes);
  }

  /** All ASCII so far: look for the first other byte and decide on what follows it. */
  private async decodeUndecided(bytes: Buffer): Promise<string> {
    if (isAscii(bytes)) {
      this.bytesRead += bytes.length;
      return bytes.toString('latin1');
    }
    const { sampleBytes } = this.limits;
    let at = 0;
    while (bytes[at]! < 0x80) at += 1;
    let rest = bytes.subarray(at);
    if (rest.length < sampleBytes) {
      const following = await this.source.sample(sampleBytes - rest.length);
      rest = Buffer.concat([rest, following]);
    }
    const complete = this.source.endsWithin(sampleBytes - (bytes.length - at));
    const guess = chooseByteEncoding(rest.subarray(0, sampleBytes), complete);
    this.choose(guess, this.bytesRead, this.bytesRead + at);
    return this.decoder!.push(bytes);
  }

  /** `start` is where decoding begins, `evidence` the byte the decision rests on. */
  private choose(guess: EncodingGuess, start: number, evidence: number): void {
    this.chosen = guess.encoding ?? 'utf-8';
    // All before it was ASCII, or a mark that gives no character.
    const chars = start - guess.bomBytes;
    this.decoder = new StreamDecoder(this.chosen, this.marks, { chars, bytes: start });
    if (guess.doubtful === true) {
      this.problems.add('encoding-doubtful', `byte:${evidence}`, this.chosen);
    }
  }
}
