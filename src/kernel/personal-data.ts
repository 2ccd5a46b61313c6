/**
 * Finds personal numbers in free text before anything is shown (design.md §9, data-standards §14 trap
 * 24): identity numbers, telephones, bank cards, passports. It must not eat unified codes (over a
 * hundred real all-digit codes have the shape of an identity number), document numbers, dates or
 * amounts. Separators, zero-width characters and full-width digits inside a number do not hide it.
 * Every pattern is bounded, so the time is linear in the length of the text.
 */
import { isRegistrationNumber } from './identifiers/registration-number.ts';
import { isResidentId, readResidentId } from './identifiers/resident-id.ts';
import { isStrictUscc, isUsccForm } from './identifiers/uscc.ts';
import { maskBankAccount, maskDocument, maskPhone, maskResidentId } from './mask.ts';
import { foldWidth, upperAscii } from './text/normalise.ts';

/** What was found. `passport` stands for passports and travel permits. */
export type PersonalDataKind = 'resident-id' | 'phone' | 'bank-card' | 'passport';

/** A place in the text, code units `[from, to)`. */
export type PersonalDataHit = {
  readonly kind: PersonalDataKind;
  readonly from: number;
  readonly to: number;
};

/** What the nearest word before a number says it is. */
type Label = 'person' | 'phone' | 'card' | 'passport' | 'code' | null;

const labelWords: readonly (readonly [RegExp, Exclude<Label, null>])[] = [
  [/身份证|身份号|公民身份|证件号|身份证号|居民证|ID号/g, 'person'],
  [/护照|通行证|台胞证|回乡证|居留证|军官证|士兵证|passport/gi, 'passport'],
  [/银行卡|卡号|银行账号|银行帐号/g, 'card'],
  [/电话|手机|联系方式|传真|热线|微信|tel|phone|mobile|fax/gi, 'phone'],
  [
    /信用代码|机构代码|代码|注册号|登记号|税号|识别号|编号|文号|案号|许可证|证号|单号|订单|票号|条码|批号|流水号|备案号|决定书|字号/g,
    'code',
  ],
];

// Between the digits of one number: blanks, zero-width characters, dots, dashes, underscores.
const gap = '[\\s\\u200B-\\u200F\\u2060\\uFEFF\\u00AD.\\-·•\\u2010-\\u2015\\u2212_]';
const wordPattern = /[0-9A-Za-z]+/g;
const gapPattern = new RegExp(`^${gap}{1,4}$`, 'u');

/** A maximal run of letters and digits; `digits` when only digits, an X at the end allowed. */
type Word = {
  readonly text: string;
  readonly from: number;
  readonly to: number;
  readonly digits: boolean;
};

/** ASCII signs that no pattern lets stand inside a number: 2026/06/01 is three numbers. */
const parting = Uint8Array.from({ length: 128 }, (_, code) =>
  /[!"#$%&'*,/:;<=>?@[\\\]^`{|}~]/.test(String.fromCharCode(code)) ? 1 : 0,
);

/**
 * The shortest number looked for has seven digits, and neither an ideograph nor a parting sign stands
 * between them: most texts have shorter stretches only (years, sums, numbers of documents), and need
 * no scan.
 */
function mayHoldNumber(text: string): boolean {
  let digits = 0;
  for (let index = 0; index < text.length; index += 1) {
    const written = text.charCodeAt(index);
    const code = written >= 0xff01 && written <= 0xff5e ? written - 0xfee0 : written;
    if (code >= 0x30 && code <= 0x39) {
      digits += 1;
      if (digits >= 7) return true;
    } else if ((code >= 0x4e00 && code <= 0x9fff) || (code < 128 && parting[code] === 1)) {
      digits = 0;
    }
  }
  return false;
}

/** Finds personal numbers in `text`, in order, not overlapping. */
export function scanPersonalData(text: string): PersonalDataHit[] {
  if (!mayHoldNumber(text)) return [];
  const folded = upperAscii(foldWidth(text)).replace(/(?<=\d)[×✕ХΧ](?![0-9A-Z])/g, 'X');
  const words = wordsOf(folded);
  const hits: PersonalDataHit[] = [];
  let index = 0;
  while (index < words.length) {
    const word = words[index]!;
    if (!word.digits) {
      hits.push(...inMixedWord(folded, word));
      index += 1;
      continue;
    }
    const joined = longestJoin(folded, words, index);
    if (joined === null) {
      hits.push(...inLongWord(folded, word));
      index += 1;
    } else {
      hits.push(joined.hit);
      index = joined.next;
    }
  }
  return withoutOverlap([...hits, ...landlines(folded)]);
}

/** Replaces each hit by its masked form; a 1 + 1 mask for identity numbers, see mask.ts. */
export function redact(text: string, hits: readonly PersonalDataHit[]): string {
  let result = '';
  let at = 0;
  for (const hit of withoutOverlap(hits)) {
    const value = foldWidth(text.slice(hit.from, hit.to)).replace(/[^0-9A-Za-z]/g, '');
    result += text.slice(at, hit.from) + maskOf(hit.kind, value);
    at = hit.to;
  }
  return result + text.slice(at);
}

function maskOf(kind: PersonalDataKind, value: string): string {
  switch (kind) {
    case 'resident-id':
      return maskResidentId(value, 'public');
    case 'phone':
      return maskPhone(value);
    case 'bank-card':
      return maskBankAccount(value);
    case 'passport':
      return maskDocument(value);
  }
}

function wordsOf(folded: string): Word[] {
  const words: Word[] = [];
  for (const match of folded.matchAll(wordPattern)) {
    const from = match.index;
    words.push({
      text: match[0],
      from,
      to: from + match[0].length,
      digits: /^\d+X?$/.test(match[0]) || match[0] === 'X',
    });
  }
  return words;
}

type Joined = { readonly hit: PersonalDataHit; readonly next: number };

/** A candidate: where it stands, how its digits are grouped, and what the words before it say. */
type Place = {
  readonly folded: string;
  readonly from: number;
  readonly to: number;
  /** Lengths of the words it is joined from. */
  readonly groups: readonly number[];
  readonly label: () => Label;
};

/**
 * Joins words from `start` across small gaps and takes the longest number recognised. Few enough are
 * joined to keep the time linear, enough that one digit per word still makes an identity number.
 */
function longestJoin(folded: string, words: readonly Word[], start: number): Joined | null {
  const from = words[start]!.from;
  const label = onceOnly(() => labelBefore(folded, from));
  const groups: number[] = [];
  let best: Joined | null = null;
  let value = '';
  for (let index = start; index < words.length; index += 1) {
    const word = words[index]!;
    if (!word.digits || value.endsWith('X') || value.length + word.text.length > 19) break;
    if (index > start && !gapPattern.test(folded.slice(words[index - 1]!.to, word.from))) break;
    value += word.text;
    groups.push(word.text.length);
    const kind = recognise(value, { folded, from, to: word.to, groups, label });
    if (kind !== null) {
      const plus = kind === 'phone' && folded[from - 1] === '+' ? 1 : 0;
      best = { hit: { kind, from: from - plus, to: word.to }, next: index + 1 };
    }
  }
  return best;
}

function onceOnly(compute: () => Label): () => Label {
  let known: Label | undefined;
  return () => (known === undefined ? (known = compute()) : known);
}

function recognise(value: string, place: Place): PersonalDataKind | null {
  switch (value.length) {
    case 7:
    case 8:
      return isBareLandline(value, place) ? 'phone' : null;
    case 11:
    case 13:
    case 14:
      return isMobile(value, place) ? 'phone' : null;
    case 15:
      if (isMobile(value, place)) return 'phone';
      return isOldId(value, place) ? 'resident-id' : null;
    case 18:
      if (isId(value, place)) return 'resident-id';
      return isCard(value, place) ? 'bank-card' : null;
    case 16:
    case 17:
    case 19:
      return isCard(value, place) ? 'bank-card' : null;
    default:
      return null;
  }
}

/**
 * Eighteen characters. A right check makes it a person's number, unless it is a strict unified code
 * and either the words say so or it begins with 9, as no province does. A wrong check needs the words
 * to say it is a person's.
 */
function isId(value: string, place: Place): boolean {
  const reading = readResidentId(value);
  if (reading === null) return false;
  const code = isStrictUscc(value);
  if (place.label() === 'person') return reading.checkHolds === true || !code;
  if (reading.checkHolds !== true || inDocumentNumber(place)) return false;
  return !(code && (place.label() === 'code' || value.startsWith('9')));
}

/** Fifteen digits have no check: a date inside, and nothing that says registration number. */
function isOldId(value: string, place: Place): boolean {
  if (readResidentId(value) === null) return false;
  if (place.label() === 'person') return true;
  return (
    place.groups.length === 1 &&
    place.label() === null &&
    !isRegistrationNumber(value) &&
    !inDocumentNumber(place)
  );
}

// How people break up a mobile number; other groupings are dates, lists and measures.
const mobileGroups =
  /^(?:(?:2|3|4),)?(?:11|3,4,4|3,8|7,4|4,4,3|4,3,4|3,3,5|5,6|1(?:,1){10})$|^1[345]$/;

function isMobile(value: string, place: Place): boolean {
  if (!/^(?:0{0,2}86)?1[3-9]\d{9}$/.test(value)) return false;
  if (!mobileGroups.test(place.groups.join(','))) return false;
  if (place.label() === 'phone') return true;
  return place.label() !== 'code' && !inDocumentNumber(place) && !isQuantity(place);
}

/** Seven or eight digits right behind a word for telephone, unless they are a date. */
function isBareLandline(value: string, place: Place): boolean {
  if (!/^[2-8]/.test(value) || /^20\d\d(?:0\d|1[0-2])[0-3]\d$/.test(value)) return false;
  if (!/^(?:[78]|[34],4)$/.test(place.groups.join(','))) return false;
  const near = place.folded.slice(Math.max(0, place.from - 8), place.from);
  return /(?:电话|TEL|FAX|传真|热线)(?:号码?|为|是)?\s?[.:]?\s?$/.test(near);
}

/** Bank cards: an issuer's beginning and the Luhn check, or the words 银行卡, 卡号 before it. */
function isCard(value: string, place: Place): boolean {
  if (!/^\d{16,19}$/.test(value) || inDocumentNumber(place)) return false;
  if (!/^(?:1[6-9]|4,4,4,4(?:,[1-3])?|6,\d+|1(?:,1){15,18})$/.test(place.groups.join(',')))
    return false;
  if (place.label() === 'card') return true;
  if (place.label() === 'code' || (value.length === 18 && isStrictUscc(value))) return false;
  const issuer =
    /^62/.test(value) ||
    (value.length === 16 && /^(?:4|5[1-5]|35)/.test(value)) ||
    (value.length === 19 && /^9558/.test(value));
  return issuer && passesLuhn(value) && !isQuantity(place);
}

function passesLuhn(value: string): boolean {
  let sum = 0;
  for (let i = 0; i < value.length; i += 1) {
    const digit = Number(value[value.length - 1 - i]);
    const doubled = i % 2 === 1 ? digit * 2 : digit;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return sum % 10 === 0;
}

/** The nearest telling word in the same clause, within 24 characters before the number. */
function labelBefore(folded: string, from: number): Label {
  const clause = /[^。;,、!?\n]*$/.exec(folded.slice(Math.max(0, from - 24), from))![0];
  let best: Label = null;
  let bestEnd = -1;
  for (const [pattern, label] of labelWords) {
    for (const match of clause.matchAll(pattern)) {
      const end = match.index + match[0].length;
      // 身份证号 ends in 证号, 银行卡号 in 卡号: the more telling word stands first in the table.
      if (end > bestEnd + (best === null ? 0 : 1)) {
        best = label;
        bestEnd = end;
      }
    }
  }
  return best;
}

/** Behind a year in brackets, or between 第, 字 or 罚 and 号: 〔2026〕13812345678号. */
function inDocumentNumber(place: Pick<Place, 'folded' | 'from' | 'to'>): boolean {
  const before = place.folded.slice(Math.max(0, place.from - 8), place.from);
  if (/[〔【([]\d{4}年?[〕】)\]]第?$/.test(before)) return true;
  return /[第字罚]$/.test(before) && place.folded[place.to] === '号';
}

/** A price or measure: a currency sign before it, decimals or 元, 万, 吨 … behind it. */
function isQuantity(place: Pick<Place, 'folded' | 'from' | 'to'>): boolean {
  const before = place.folded.slice(Math.max(0, place.from - 2), place.from);
  const after = place.folded.slice(place.to, place.to + 4);
  return (
    /[￥¥$]\s?$/.test(before) ||
    /^\s?(?:[元圆万亿千百吨克米瓦升%]|公斤|平方|立方)|^\.\d{1,2}(?!\d)/.test(after)
  );
}

/** Words longer than any single number: identity numbers and telephones glued to something else. */
function inLongWord(folded: string, word: Word): PersonalDataHit[] {
  if (word.text.length < 19) return [];
  const hits = idsInside(word);
  if (inDocumentNumber({ folded, from: word.from, to: word.to })) return hits;
  const phones: PersonalDataHit[] = [];
  let at = 0;
  for (const hit of hits) {
    phones.push(...gluedPhones(word, at, hit.from - word.from));
    at = hit.to - word.from;
  }
  return [...hits, ...phones, ...gluedPhones(word, at, word.text.length)];
}

function mayHoldYear(value: string): boolean {
  const century = value.slice(6, 8);
  return century === '19' || century === '20';
}

/** A stretch that is nothing but mobile numbers one after the other. */
function gluedPhones(word: Word, from: number, to: number): PersonalDataHit[] {
  const length = to - from;
  if (length < 11 || length % 11 !== 0 || length > 11 * 1000) return [];
  const hits: PersonalDataHit[] = [];
  for (let at = from; at < to; at += 11) {
    if (!/^1[3-9]\d{9}$/.test(word.text.slice(at, at + 11))) return [];
    hits.push({ kind: 'phone', from: word.from + at, to: word.from + at + 11 });
  }
  return hits;
}

/** Letters and digits in one word: a number behind TEL or ID, or a passport; never inside a code. */
function inMixedWord(folded: string, word: Word): PersonalDataHit[] {
  const { text, from, to } = word;
  if (isUsccForm(text)) return [];
  const phone = /^(?:TEL|PHONE|MOBILE|MOB|PH|T|M|WX|VX|WECHAT)(1[3-9]\d{9})$/.exec(
    text.slice(0, 32),
  );
  if (phone !== null && text.length <= 32) return [{ kind: 'phone', from: to - 11, to }];
  if (/^[A-Z]{1,2}\d{7,9}$/.test(text) && labelBefore(folded, from) === 'passport') {
    return [{ kind: 'passport', from, to }];
  }
  return idsInside(word);
}

/** Identity numbers with a right check anywhere in a word; unified codes are not taken for them. */
function idsInside(word: Word): PersonalDataHit[] {
  const hits: PersonalDataHit[] = [];
  const { text, from } = word;
  for (let at = 0; at + 18 <= text.length; at += 1) {
    const value = text.slice(at, at + 18);
    if (!mayHoldYear(value) || !isResidentId(value) || isStrictUscc(value)) continue;
    hits.push({ kind: 'resident-id', from: from + at, to: from + at + 18 });
    at += 17;
  }
  return hits;
}

const landlinePattern = new RegExp(
  `(?<![0-9A-Z])(?:\\+?86${gap}?)?[(]?(0(?:10|2\\d|[3-8][1-9]\\d|9\\d\\d))(?:[)]|${gap})?${gap}{0,2}(\\d{3,4}${gap}?\\d{4})(?![0-9A-Z])(?:(?:转|-)\\d{1,6}(?![0-9]))?`,
  'gu',
);

function landlines(folded: string): PersonalDataHit[] {
  const hits: PersonalDataHit[] = [];
  for (const match of folded.matchAll(landlinePattern)) {
    const area = match[1]!;
    const local = match[2]!.replace(/\D/g, '');
    const long = area === '010' || area.startsWith('02');
    if (/^[01]/.test(local) || (long && local.length !== 8)) continue;
    const place = { folded, from: match.index, to: match.index + match[0].length };
    if (inDocumentNumber(place) || isQuantity(place)) continue;
    if (labelBefore(folded, place.from) === 'code') continue;
    hits.push({ kind: 'phone', from: place.from, to: place.to });
  }
  return hits;
}

function withoutOverlap(hits: readonly PersonalDataHit[]): PersonalDataHit[] {
  const sorted = [...hits].sort((a, b) => a.from - b.from || b.to - a.to);
  const kept: PersonalDataHit[] = [];
  let end = 0;
  for (const hit of sorted) {
    if (hit.from < end) continue;
    kept.push(hit);
    end = hit.to;
  }
  return kept;
}
