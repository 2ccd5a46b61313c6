/** Gathers rows into batches bounded in rows, cells and characters. */
import type { Limits, RawRow } from './table.ts';

/** Collects rows; `take` hands them over once the batch is full, or at the end. */
export class Batch {
  private rows: RawRow[] = [];
  private cells = 0;
  private chars = 0;
  private readonly limits: Limits;

  constructor(limits: Limits) {
    this.limits = limits;
  }

  /** Adds a row of about `chars` characters. */
  add(row: RawRow, chars: number): void {
    this.rows.push(row);
    this.cells += row.cells.length;
    this.chars += chars;
  }

  /** Whether the batch should be handed over. */
  get full(): boolean {
    const { batchRows, batchCells, batchChars } = this.limits;
    return this.rows.length >= batchRows || this.cells >= batchCells || this.chars >= batchChars;
  }

  /** Whether there is nothing to hand over. */
  get empty(): boolean {
    return this.rows.length === 0;
  }

  /** The rows gathered so far; the batch starts anew. */
  take(): readonly RawRow[] {
    const rows = this.rows;
    this.rows = [];
    this.cells = 0;
    this.chars = 0;
    return rows;
  }
}
