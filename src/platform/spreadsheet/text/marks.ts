/** Where bytes could not be decoded: a queue filled by the decoder and emptied row by row. */

/**
 * Stands in decoded text for bytes that could not be decoded, until the cell is inspected. A lone low
 * surrogate can not come out of any decoder, so it can not be confused with a character of the sender.
 */
export const undecodableMark = '\udfff';

const firstCapacity = 256;

/** Positions of {@link undecodableMark} in the decoded text with the byte offsets behind them. */
export class MarkQueue {
  // Two flat arrays instead of objects: a hostile file may hold a mark per byte.
  private indexes = new Float64Array(firstCapacity);
  private offsets = new Float64Array(firstCapacity);
  private head = 0;
  private tail = 0;

  /** Notes a mark at character `index` of the whole text, made by the byte at `offset` of the file. */
  add(index: number, offset: number): void {
    if (this.tail === this.indexes.length) this.makeRoom();
    this.indexes[this.tail] = index;
    this.offsets[this.tail] = offset;
    this.tail += 1;
  }

  /** Whether any mark stands before character `index`. */
  anyBefore(index: number): boolean {
    return this.head < this.tail && this.indexes[this.head]! < index;
  }

  /** Forgets the next mark and gives its byte offset; `null` when there is none. */
  take(): number | null {
    if (this.head === this.tail) return null;
    const offset = this.offsets[this.head]!;
    this.head += 1;
    return offset;
  }

  /** Forgets every mark before character `index`; gives how many and the first one's byte offset. */
  dropBefore(index: number): { readonly count: number; readonly offset: number | null } {
    const offset = this.anyBefore(index) ? this.offsets[this.head]! : null;
    const before = this.head;
    while (this.anyBefore(index)) this.head += 1;
    return { count: this.head - before, offset };
  }

  /** Moves what is left to the front, into larger arrays when more than half is still needed. */
  private makeRoom(): void {
    const left = this.tail - this.head;
    const capacity = Math.max(firstCapacity, left > this.tail / 2 ? this.tail * 2 : this.tail);
    const indexes = new Float64Array(capacity);
    const offsets = new Float64Array(capacity);
    indexes.set(this.indexes.subarray(this.head, this.tail));
    offsets.set(this.offsets.subarray(this.head, this.tail));
    this.indexes = indexes;
    this.offsets = offsets;
    this.tail = left;
    this.head = 0;
  }
}
