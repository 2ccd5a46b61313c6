/** Bytes from anywhere, in pieces of a convenient size, with a look at the beginning first. */
import type { Readable } from 'node:stream';

/** Reads a stream once: first a sample, then everything from the start. */
export class ByteSource {
  private readonly stream: Readable;
  private readonly iterator: AsyncIterator<unknown>;
  private queue: Buffer[] = [];
  private queued = 0;
  private done = false;

  constructor(stream: Readable) {
    this.stream = stream;
    this.iterator = stream[Symbol.asyncIterator]();
  }

  /** The first `count` bytes, fewer only when the source is shorter. Nothing is consumed. */
  async sample(count: number): Promise<Buffer> {
    await this.fill(count);
    return Buffer.concat(this.queue).subarray(0, count);
  }

  /** Whether the source ended within what `sample` has read, at `count` bytes or before. */
  endsWithin(count: number): boolean {
    return this.done && this.queued <= count;
  }

  /**
   * The next bytes, about `size` of them; `null` at the end. Small pieces are gathered and large ones
   * cut, so that a sender who drips single bytes costs no more than one who does not.
   */
  async next(size: number): Promise<Buffer | null> {
    await this.fill(size);
    if (this.queued === 0) return null;
    const whole = this.queue.length === 1 ? this.queue[0]! : Buffer.concat(this.queue);
    const block = whole.subarray(0, size);
    const rest = whole.subarray(size);
    this.queue = rest.length > 0 ? [rest] : [];
    this.queued = rest.length;
    return block;
  }

  /** Stops reading and releases the source. */
  close(): void {
    this.done = true;
    this.queue = [];
    this.queued = 0;
    this.stream.destroy();
  }

  private async fill(count: number): Promise<void> {
    while (this.queued < count && !this.done) {
      const step = await this.iterator.next();
      if (step.done) {
        this.done = true;
        return;
      }
      const chunk = toBuffer(step.value);
      if (chunk.length === 0) continue;
      this.queue.push(chunk);
      this.queued += chunk.length;
    }
  }
}

function toBuffer(value: unknown): Buffer {
  if (Buffer.isBuffer(value)) return value;
  if (value instanceof Uint8Array) {
    return Buffer.from(value.buffer, value.byteOffset, value.byteLength);
  }
  return Buffer.from(String(value));
}
