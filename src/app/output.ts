/** What a command prints and how it ends: exit 0 done, 1 refused or findings, 2 usage, 70 fault. */
import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import type { Refusal, Result } from '../kernel/result.ts';
import { wordsOf } from './messages.ts';

/** Exit codes of design.md §8. */
export const exit = { done: 0, refused: 1, usage: 2, fault: 70 } as const;

/** Writes one JSON object as one line to stdout. */
export function printJson(value: unknown): void {
  process.stdout.write(`${JSON.stringify(value)}\n`);
}

/**
 * A line as a terminal may be given it: what steers a terminal, or turns the direction of writing, stands
 * in it by its number. Names, reasons and file names in it were written by others.
 */
export function shownLine(line: string): string {
  return line.replaceAll(
    /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g,
    (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** Writes a line for people to stdout. */
export function say(line: string): void {
  process.stdout.write(`${shownLine(line)}\n`);
}

/** Writes a line for people to stderr; nothing a program reads goes there. */
export function tell(line: string): void {
  process.stderr.write(`${shownLine(line)}\n`);
}

/** Tells a refusal: Chinese, then English, then what it rests on; as JSON on stdout where asked. */
export function tellRefusal(refusal: Refusal, json: boolean): number {
  const words = wordsOf(refusal);
  tell(words.zh);
  tell(words.en);
  if (refusal.basis !== undefined) tell(`依据 basis: ${refusal.basis}`);
  if (json) printJson({ refused: refusal.code, params: refusal.params, message: words.zh });
  return exit.refused;
}

/** Unwraps a result or ends the command with its refusal. */
export class Refused extends Error {
  readonly refusal: Refusal;
  constructor(refusal: Refusal) {
    super(refusal.code);
    this.refusal = refusal;
  }
}

/** The value of a result; a refusal leaves the command by way of {@link Refused}. */
export function valueOf<T>(result: Result<T>): T {
  if (!result.ok) throw new Refused(result.refusal);
  return result.value;
}

/** Lines of a file, or of stdin when it is `-` or absent. Line ends CR LF or LF; a BOM is dropped. */
export async function* linesOf(file: string | undefined): AsyncGenerator<string> {
  const input = file === undefined || file === '-' ? process.stdin : createReadStream(file);
  let first = true;
  for await (const line of createInterface({ input, crlfDelay: Infinity })) {
    yield first ? line.replace(/^\uFEFF/, '') : line;
    first = false;
  }
}

/** Shows how far long work is, on a terminal only, at most ten times a second. */
export function progress(label: string, nowMs: () => number): (count: number) => void {
  if (!process.stderr.isTTY) return () => undefined;
  let last = 0;
  return (count) => {
    if (nowMs() - last < 100) return;
    last = nowMs();
    process.stderr.write(`\r${label} ${count.toLocaleString('en-US')}`);
  };
}

/** Ends the progress line. */
export function endProgress(): void {
  if (process.stderr.isTTY) process.stderr.write('\r\u001b[K');
}
