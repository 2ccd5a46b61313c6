/**
 * Merged cells stand at the end of a sheet, after the rows they spoil. A first pass over the inflated
 * bytes finds them, so that each row can be delivered with its mark; the same pass proves that the part
 * is undamaged before any row of it is delivered.
 */
import { type Result, ok, refuse } from '../../../kernel/result.ts';
import { type CellProblem, cellProblem } from '../problems.ts';
import type { Limits, TableRefusal } from '../table.ts';
import { type CellRange, readRange } from './cell-reference.ts';
import { DamagedPart, type ZipParts } from './zip-parts.ts';

const marker = 'mergeCells';
const overlap = 64;
const noBytes = Buffer.alloc(0);
/** Bytes a merged range takes at most in any program's writing. */
const bytesPerRange = 96;
/** Ranges crossing one row that are named one by one. */
const activeMax = 256;

/** Finds the list of merged cells in bytes that arrive in pieces. */
class MergeFinder {
  private tail: Buffer = noBytes;
  private collected: string | null = null;
  private readonly charsMax: number;

  constructor(rangesMax: number) {
    this.charsMax = (rangesMax + 1) * bytesPerRange;
  }

  add(chunk: Buffer): void {
    if (this.collected !== null) {
      if (this.collected.length < this.charsMax) this.collected += chunk.toString('latin1');
      return;
    }
    // The seam between two pieces is searched by itself: joining whole pieces would double the garbage.
    const seam = Buffer.concat([this.tail, chunk.subarray(0, overlap)]);
    if (!this.search(seam, chunk.subarray(overlap))) this.search(chunk, noBytes);
    this.tail = Buffer.concat([this.tail, chunk.subarray(-overlap)]).subarray(-overlap);
  }

  private search(data: Buffer, rest: Buffer): boolean {
    let found = data.indexOf(marker);
    while (found !== -1 && !this.isTag(data, found)) found = data.indexOf(marker, found + 1);
    if (found === -1) return false;
    this.collected = data.toString('latin1', found) + rest.toString('latin1');
    return true;
  }

  /** In text the bracket would be escaped, so this is a tag, with or without a prefix. */
  private isTag(data: Buffer, at: number): boolean {
    return /<(?:[\w.-]{1,24}:)?$/.test(data.toString('latin1', Math.max(0, at - 26), at));
  }

  ranges(max: number): CellRange[] {
    const ranges: CellRange[] = [];
    const pattern = /mergeCell\s[^>]{0,60}?ref\s{0,4}=\s{0,4}["']([A-Z0-9$:]{1,24})["']/g;
    for (const match of (this.collected ?? '').matchAll(pattern)) {
      const range = readRange(match[1]!);
      if (range !== null) ranges.push(range);
      if (ranges.length === max) break;
    }
    return ranges.sort((a, b) => a.firstRow - b.firstRow);
  }
}

/** The merged ranges of a sheet, asked row by row from the top. */
export class MergedRanges {
  private readonly ranges: readonly CellRange[];
  private next = 0;
  private active: CellRange[] = [];

  constructor(ranges: readonly CellRange[]) {
    this.ranges = ranges;
  }

  /** The problems merged cells cause in a row whose cells reach to column `width`. */
  problemsOf(row: number, width: number): readonly CellProblem[] {
    if (this.next === this.ranges.length && this.active.length === 0) return [];
    while (this.next < this.ranges.length && this.ranges[this.next]!.firstRow <= row) {
      if (this.active.length <= activeMax) this.active.push(this.ranges[this.next]!);
      this.next += 1;
    }
    this.active = this.active.filter((range) => range.lastRow >= row);
    if (this.active.length > activeMax) return [cellProblem(null, 'merged-cell')];
    const problems: CellProblem[] = [];
    for (const range of this.active) {
      if (range.firstRow > row) continue;
      const last = Math.min(range.lastColumn, width - 1);
      for (let column = range.firstColumn; column <= last; column += 1) {
        problems.push(cellProblem(column, 'merged-cell', range.name));
      }
    }
    return problems;
  }
}

/** The first pass over a sheet: its merged ranges, or a refusal when the part is damaged. */
export async function findMergedRanges(
  parts: ZipParts,
  name: string,
  limits: Limits,
): Promise<Result<MergedRanges, TableRefusal>> {
  const finder = new MergeFinder(limits.mergedRangesMax);
  try {
    for await (const chunk of parts.read(name)) finder.add(chunk);
  } catch (error) {
    if (error instanceof DamagedPart) return refuse('table.damaged', { part: name });
    throw error;
  }
  return ok(new MergedRanges(finder.ranges(limits.mergedRangesMax)));
}
