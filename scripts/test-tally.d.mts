/** What one run comes to; `trouble` says what went wrong outside single tests. */
export type Tally = {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  readonly trouble: string | null;
};
/** The line a reader or a machine looks for. */
export function summaryLine(tally: Omit<Tally, 'trouble'>): string;
/** Counts one run from Vitest's report (null: none) and its exit code or signal. */
export function tallyOf(report: unknown, ended: number | string | null, mayBeEmpty: boolean): Tally;
/** What failed, a line each: file, name, the beginning of the message. */
export function failuresOf(report: unknown): string[];
