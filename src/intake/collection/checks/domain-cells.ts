/** Reading one cell by the type of its field. Each reader gives a value or the name of what is wrong. */
import { type Day, addDays, dayFromParts } from '../../../kernel/day.ts';
import type { CodeRow } from '../../../kernel/rulebook/codes.ts';
import type { Field } from '../../../kernel/rulebook/standards.ts';
import { parseAmount } from '../../../kernel/money.ts';
import { foldWidth } from '../../../kernel/text/normalise.ts';
import { type CodeList, foldCode } from './domain.ts';

/** Days are read between these, both inclusive; sentinels outside are the field's own business. */
const earliest = '1900-01-01' as Day;
const latest = '2099-12-31' as Day;

const written = /^(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?$/;
const compact = /^(\d{4})(\d{2})(\d{2})$/;
const serial = /^\d{5}$/;
const timeOfDay = /[T\s]\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?$/;

/**
 * Reads a date as departments write it: `2026/03/02`, `2026-3-2`, `2026年3月2日`, `2026.3.2`,
 * `20260302`, a spreadsheet serial, each with or without a time of day (which is dropped). Sentinels
 * of the field mean long-term. `null`: not a date, or outside 1900–2099.
 */
export function readDay(text: string, longTerm: readonly string[]): Day | 'long-term' | null {
  const folded = foldWidth(text).trim().replace(timeOfDay, '').trim();
  const match = written.exec(folded) ?? compact.exec(folded);
  if (match !== null) {
    const value = dayFromParts(Number(match[1]), Number(match[2]), Number(match[3]));
    if (value === null) return null;
    if (longTerm.includes(value)) return 'long-term';
    return value < earliest || value > latest ? null : value;
  }
  if (!serial.test(folded)) return null;
  const count = Number(folded);
  // Serials of the 1900 system; below 20000 (year 1954) a five-digit number is no date of ours.
  return count >= 20_000 && count <= 73_050 ? addDays('1899-12-30' as Day, count) : null;
}

/** Reads an amount in the field's own unit as 分; `null` when it is not a plain decimal number. */
export function readFen(text: string, field: Field): bigint | null {
  const unit = field.unit === '万元' ? 'wan' : 'yuan';
  const parsed = parseAmount(text, unit, Math.min(field.decimals ?? 2, unit === 'wan' ? 6 : 2));
  return parsed.ok ? parsed.value : null;
}

/** One value of a code list: the entry, with what stood after `其他-` where that is allowed. */
export type ReadCode = { readonly row: CodeRow; readonly text: string };

/** Reads one value of a code list by name or code; `null` when the list does not hold it. */
export function readCode(text: string, list: CodeList, otherPrefix?: string): ReadCode | null {
  const found = list.byText.get(foldCode(text));
  if (found !== undefined) {
    // A bare 其他 says nothing: the standard wants 其他-xxx (F03).
    return otherPrefix !== undefined && foldCode(found.name) === foldCode(bareOther(otherPrefix))
      ? null
      : { row: found, text: found.name };
  }
  if (otherPrefix === undefined) return null;
  const folded = foldWidth(text)
    .replace(/[—–－﹣]+/g, '-')
    .trim();
  const prefix = foldWidth(otherPrefix);
  const rest = folded.startsWith(prefix) ? folded.slice(prefix.length).trim() : '';
  const other = list.byText.get(foldCode(bareOther(otherPrefix)));
  if (rest === '' || other === undefined) return null;
  // 其他-通报批评 of the 2018 list names a kind that newer lists hold: it is that kind.
  const named = list.byText.get(foldCode(rest));
  return { row: named ?? other, text: `${otherPrefix}${rest}` };
}

function bareOther(prefix: string): string {
  return prefix.replace(/[-—:：]+$/, '');
}

/** Splits a list cell at `；` or `;` only: a comma is part of 没收违法所得、没收非法财物 and the like. */
export function splitList(text: string): string[] {
  return text
    .split(/[；;]/)
    .map((part) => part.trim())
    .filter((part) => part !== '');
}
