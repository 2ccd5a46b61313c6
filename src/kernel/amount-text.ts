/**
 * Amounts inside free text of decisions: 罚款2000元, 人民币伍拾肆万元整, 8.0（万元）, 3万元 (data-standards
 * §14 trap 12: the text is compared with the column). Only what can be read exactly is reported;
 * 3万余元 and 数千元 are not amounts. Linear in the length of the text.
 */
import { chineseNumeralCharacters, readChineseNumber, type Decimal } from './chinese-number.ts';
import { foldWidth } from './text/normalise.ts';

/** One amount found in a text. */
export type AmountMention = {
  readonly fen: bigint;
  /** The words as they stand, and their place in code units `[from, to)`. */
  readonly text: string;
  readonly from: number;
  readonly to: number;
  /** What the words around say it is; `null` when they do not say. */
  readonly kind: 'fine' | 'confiscation' | null;
  /** Says the amount before it once more: `叁万元整（￥30000）`. Leave it out of sums. */
  readonly restates: boolean;
  /** A bound quoted from the law (1万元以上10万元以下), not an amount decided. */
  readonly bound: boolean;
};

const numeral = `[${chineseNumeralCharacters}]`;
const startPattern = new RegExp(`\\d[\\d,]*(?:\\.\\d+)?|${numeral}+`, 'gu');
const arabicPattern = /^(?:\d{1,20}|\d{1,3}(?:,\d{3}){1,6})(?:\.\d{1,8})?$/;
const multiplierPattern = /\s{0,3}([十拾百佰千仟万萬亿億]{1,2})/y;
const nextDigits = /\d{1,8}(?:\.\d{1,4})?/y;
const unitPattern =
  /(?:\s{0,3}[(]?\s{0,3}(?:人民币)?([十拾百佰千仟万萬亿億]{0,2})[元圆](?![旦月宵件器素代朝首帅])|人民币元?)(?:[)])?(?:人民币)?/y;
const foreign = /^[(]?(?:美|港|欧|日|英|澳|加|新加坡|新台|台|韩|德国|法国|瑞士|[A-Z]{3}(?![A-Z]))/;
const multipliers = new Map<string, bigint>([
  ['十', 10n],
  ['拾', 10n],
  ['百', 100n],
  ['佰', 100n],
  ['千', 1000n],
  ['仟', 1000n],
  ['万', 10_000n],
  ['萬', 10_000n],
  ['亿', 100_000_000n],
  ['億', 100_000_000n],
]);

/** Finds all exact amounts of renminbi in a text, in order. */
export function findAmounts(text: string): AmountMention[] {
  const folded = foldWidth(text);
  const mentions: AmountMention[] = [];
  startPattern.lastIndex = 0;
  for (let match = startPattern.exec(folded); match !== null; match = startPattern.exec(folded)) {
    if (!standsAsAmount(folded, match.index, match[0])) continue;
    const read = readAmountAt(folded, match.index, match[0]);
    if (read === null) continue;
    startPattern.lastIndex = read.to;
    const from = startOf(folded, match.index);
    const previous = mentions.at(-1) ?? null;
    mentions.push(describe({ source: text, folded, from, to: read.to, fen: read.fen, previous }));
  }
  return mentions;
}

const multiplierOrUnit = /[十拾百佰千仟万萬亿億元圆人(\s]/;

/**
 * Whether a number can be an amount by what stands beside it: a multiplier, a unit or a bracket behind
 * it, a currency sign before it, or 万 and 亿 within. Days and numbers of documents end here.
 */
function standsAsAmount(folded: string, at: number, first: string): boolean {
  return (
    multiplierOrUnit.test(folded[at + first.length] ?? '') ||
    /[￥¥]\s{0,3}$/.test(folded.slice(Math.max(0, at - 4), at)) ||
    /[万萬亿億]/.test(first)
  );
}

type ReadAmount = { readonly fen: bigint; readonly to: number };

/** Reads number, multipliers and unit from `at`; `null` when it is not an exact amount of money. */
function readAmountAt(folded: string, at: number, first: string): ReadAmount | null {
  if (/[几数第]$|\d[.,]$/.test(folded.slice(Math.max(0, at - 2), at))) return null;
  const number = readNumber(folded, at, first);
  if (number === null) return null;
  const symbol = /[￥¥]\s{0,3}$/.test(folded.slice(Math.max(0, at - 4), at));
  const unit = readUnit(folded, number.to);
  const bare =
    unit === null &&
    (symbol ||
      (number.scaled && /罚款?(?:人民币)?:?\s?$/.test(folded.slice(Math.max(0, at - 7), at))));
  if (unit === null && !bare) return null;
  let to = unit === null ? number.to : unit.to;
  if (unit === null && /^\s?[余多几人户家件个只头株亩吨公平米]/.test(folded.slice(to, to + 2)))
    return null;
  if (foreign.test(folded.slice(to, to + 5))) return null;
  let fen = toFen(number.value, unit?.factor ?? 1n);
  if (fen === null) return null;
  // A single Chinese digit before 元 is as often a name (三元区) as an amount.
  if (
    /^[^\d]$/u.test(first) &&
    !symbol &&
    !/[处款币计得额共付]:?\s?$/.test(folded.slice(Math.max(0, at - 3), at))
  ) {
    return null;
  }
  if (unit !== null) {
    const small = readSmallCoins(folded, to);
    fen += small.fen;
    to = small.to;
  }
  return { fen, to };
}

type ReadNumber = { readonly value: Decimal; readonly to: number; readonly scaled: boolean };

/** The number itself with multipliers written behind digits: 3万, 1.5亿, 20万5千. */
function readNumber(folded: string, at: number, first: string): ReadNumber | null {
  const end = at + first.length;
  if (!/^\d/.test(first)) {
    const value = readChineseNumber(first);
    return value === null ? null : { value, to: end, scaled: /[万萬亿億]/.test(first) };
  }
  if (!arabicPattern.test(first)) return null;
  let total: Decimal = { units: 0n, decimals: 0 };
  let part = decimalOf(first);
  let to = end;
  let last: bigint | null = null;
  for (;;) {
    multiplierPattern.lastIndex = to;
    const match = multiplierPattern.exec(folded);
    const factor = match === null ? null : factorOf(match[1]!);
    if (match === null || factor === null || (last !== null && factor >= last)) break;
    total = add(total, { units: part.units * factor, decimals: part.decimals });
    part = { units: 0n, decimals: 0 };
    to += match[0].length;
    last = factor;
    nextDigits.lastIndex = to;
    const next = nextDigits.exec(folded);
    if (next === null) break;
    part = decimalOf(next[0]);
    to += next[0].length;
  }
  // 20万5元 with digits behind the last multiplier counts as written: 200,005.
  return { value: add(total, part), to, scaled: last !== null && last >= 10_000n };
}

function factorOf(characters: string): bigint | null {
  let factor = 1n;
  for (const character of characters) {
    const next = multipliers.get(character);
    if (next === undefined) return null;
    factor *= next;
  }
  return factor;
}

function decimalOf(text: string): Decimal {
  const [whole, fraction = ''] = text.replace(/,/g, '').split('.');
  return { units: BigInt(whole! + fraction), decimals: fraction.length };
}

function add(a: Decimal, b: Decimal): Decimal {
  const decimals = Math.max(a.decimals, b.decimals);
  const scale = (value: Decimal) => value.units * 10n ** BigInt(decimals - value.decimals);
  return { units: scale(a) + scale(b), decimals };
}

/** 元, 万元, （万元）, 人民币元 …; the multiplier inside a bracket belongs to the unit. */
function readUnit(folded: string, at: number): { factor: bigint; to: number } | null {
  unitPattern.lastIndex = at;
  const match = unitPattern.exec(folded);
  if (match === null) return null;
  const factor = factorOf(match[1] ?? '');
  return factor === null ? null : { factor, to: at + match[0].length };
}

function toFen(value: Decimal, factor: bigint): bigint | null {
  const scaled = value.units * factor * 100n;
  const divisor = 10n ** BigInt(value.decimals);
  return scaled < 0n || scaled % divisor !== 0n ? null : scaled / divisor;
}

const coinPattern = new RegExp(`[零]?(\\d|${numeral})(角|分)`, 'uy');

/** 柒角, 5角3分, 整 behind the 元. */
function readSmallCoins(folded: string, at: number): ReadAmount {
  let fen = 0n;
  let to = at;
  for (const unit of ['角', '分']) {
    coinPattern.lastIndex = to;
    const match = coinPattern.exec(folded);
    if (match === null || match[2] !== unit) continue;
    const digit = /\d/.test(match[1]!) ? BigInt(match[1]!) : readChineseNumber(match[1]!)?.units;
    if (digit === undefined || digit > 9n) break;
    fen += digit * (unit === '角' ? 10n : 1n);
    to += match[0].length;
  }
  if (folded[to] === '整' || folded[to] === '正') to += 1;
  return { fen, to };
}

/** Takes a currency sign or the word 人民币 before the number into the mention. */
function startOf(folded: string, at: number): number {
  const before = /(?:人民币|RMB)?\s?[￥¥]?\s?$/.exec(folded.slice(Math.max(0, at - 6), at));
  return at - (before === null ? 0 : before[0].trimStart().length);
}

type Found = {
  readonly source: string;
  readonly folded: string;
  readonly from: number;
  readonly to: number;
  readonly fen: bigint;
  readonly previous: AmountMention | null;
};

function describe(found: Found): AmountMention {
  const { source, folded, from, to, fen, previous } = found;
  const restates =
    previous !== null &&
    previous.fen === fen &&
    /^\s?[(,]?(?:大写|小写|即|计|合计|人民币)?:?\s?$/.test(
      folded.slice(previous.to, from).slice(0, 12),
    ) &&
    from - previous.to <= 12;
  const bound = readsAsBound(folded, from, to);
  const kind = bound ? null : restates ? previous.kind : kindOf(found);
  return { fen, text: source.slice(from, to), from, to, kind, restates, bound };
}

function readsAsBound(folded: string, from: number, to: number): boolean {
  const after = folded.slice(to, to + 6);
  const before = folded.slice(Math.max(0, from - 5), from);
  return (
    /^[整正)]{0,2}(?:人民币)?(?:\(含[^)]{0,3})?(?:以上|以下|以内)/.test(after) ||
    /(?:不超过|低于|高于|不足|最高|最低|超过)$/.test(before)
  );
}

const fineAfter = new RegExp(
  `^\\)?\\s?(?:人民币)?的?(?:行政)?罚款(?!\\s?:?\\s?(?:人民币)?\\s?[￥¥]?(?:\\d|${numeral}))`,
  'u',
);

/** 罚款 right behind decides first, then the nearest 罚款 or 没收 before it within the sentence. */
function kindOf(found: Found): AmountMention['kind'] {
  const { folded, from, to, previous } = found;
  if (fineAfter.test(folded.slice(to, to + 24))) return 'fine';
  const start = Math.max(0, from - 60, previous?.to ?? 0);
  const clause = /[^。;!?\n]*$/.exec(folded.slice(start, from))![0];
  const fine = clause.lastIndexOf('罚款');
  const confiscation = clause.lastIndexOf('没收');
  if (fine < 0 && confiscation < 0) return null;
  return fine > confiscation ? 'fine' : 'confiscation';
}
