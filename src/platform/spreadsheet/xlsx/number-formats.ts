/**
 * Dates in workbooks are numbers that a format shows as dates. Which formats do, and what day a number
 * is in either of the two calendars.
 */
import { type Day, dayFromNumber } from '../../../kernel/day.ts';
import { type Result, ok } from '../../../kernel/result.ts';
import type { Limits, TableRefusal } from '../table.ts';
import { scanPart } from './scan-part.ts';
import { attributeOf } from './xml-scanner.ts';
import type { ZipParts } from './zip-parts.ts';

/** How a format shows a number. */
export type NumberLook = 'number' | 'date' | 'date-time' | 'time';

/**
 * Built-in formats that are dates (ECMA-376 part 1, 18.8.30). Those between 27 and 58 mean a date in
 * one East Asian language and a time in another; `date-time` shows whichever the number holds.
 */
const builtInLooks: readonly { readonly look: NumberLook; readonly ids: readonly number[] }[] = [
  {
    look: 'date',
    ids: [14, 15, 16, 17, 27, 28, 29, 30, 31, 36, 50, 51, 57, 58, 71, 72, 73, 74, 81],
  },
  { look: 'date-time', ids: [22, 32, 33, 34, 35, 52, 53, 54, 55, 56, 77] },
  { look: 'time', ids: [18, 19, 20, 21, 45, 47, 75, 76, 78, 80] },
];

function builtInLook(id: number): NumberLook {
  return builtInLooks.find(({ ids }) => ids.includes(id))?.look ?? 'number';
}

/** How a format code shows a number: only what stands outside quotes, brackets and escapes counts. */
export function lookOfCode(code: string): NumberLook {
  const first = code.slice(0, 255).split(';')[0]!;
  if (/\[[hms]+\]/i.test(first)) return 'number'; // A length of time, such as [h]:mm, is no date.
  const bare = first.replace(/"[^"]*"|\[[^\]]*\]|\\.|_.|\*./g, '').toLowerCase();
  if (/general/.test(bare)) return 'number';
  const day = /[yd]/.test(bare) || (/m/.test(bare) && !/[hs]/.test(bare));
  const time = /[hs]/.test(bare);
  if (day) return time ? 'date-time' : 'date';
  return time ? 'time' : 'number';
}

const formatsMax = 65_536;

/** Reads the styles part: how cells of style 0, 1, 2 … show numbers. */
export async function readLooks(
  parts: ZipParts,
  name: string,
  limits: Limits,
): Promise<Result<readonly NumberLook[], TableRefusal>> {
  const codes = new Map<number, NumberLook>();
  const looks: NumberLook[] = [];
  let inCells = false;
  const open = (element: string, attributes: readonly string[]): void => {
    if (element === 'cellXfs') inCells = true;
    if (element === 'numFmt' && codes.size < formatsMax) {
      const id = Number(attributeOf(attributes, 'numFmtId'));
      codes.set(id, lookOfCode(attributeOf(attributes, 'formatCode') ?? ''));
    }
    if (element === 'xf' && inCells && looks.length < formatsMax) {
      const id = Number(attributeOf(attributes, 'numFmtId') ?? '0');
      looks.push(codes.get(id) ?? builtInLook(id));
    }
  };
  const close = (element: string): void => {
    if (element === 'cellXfs') inCells = false;
  };
  const scanned = await scanPart(
    parts,
    name,
    { open, close, text: () => undefined },
    {
      limits,
      bytesMax: limits.partBytesMax,
    },
  );
  return scanned.ok ? ok(looks) : scanned;
}

const secondsOfDay = 86_400;
/** Day numbers (1970-01-01 = 0) of 1899-12-31 and 1904-01-01, number 0 of either calendar. */
const base1900 = -25_568;
const base1904 = -24_107;
const lastSerial = 2_958_465; // 9999-12-31

function dayOfSerial(serial: number, date1904: boolean): Day | null {
  if (date1904) return serial + 1_462 > lastSerial ? null : dayFromNumber(base1904 + serial);
  // The 1900 calendar has a 29 February 1900 (number 60) that never was; number 0 is no day either.
  if (serial === 0 || serial === 60 || serial > lastSerial) return null;
  return dayFromNumber(base1900 + serial - (serial > 60 ? 1 : 0));
}

/**
 * A stored number as the date or time its format shows: `2026-03-02`, `2026-03-02 08:30:00`,
 * `08:30:00`; seconds are rounded. `null` when there is no such day.
 */
export function dateText(stored: string, look: NumberLook, date1904: boolean): string | null {
  const value = Number(stored);
  if (!Number.isFinite(value) || value < 0 || value > lastSerial + 1) return null;
  let serial = Math.floor(value);
  let seconds = Math.round((value - serial) * secondsOfDay);
  if (seconds === secondsOfDay) {
    serial += 1;
    seconds = 0;
  }
  const clock = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60]
    .map((part) => String(part).padStart(2, '0'))
    .join(':');
  if (look !== 'date' && serial === 0) return clock;
  const day = dayOfSerial(serial, date1904);
  if (day === null) return null;
  return look === 'date' || seconds === 0 ? day : `${day} ${clock}`;
}
