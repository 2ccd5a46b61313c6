/**
 * Names of organisations as evidence (data-standards §1.8 no. 7, §14 traps 38, 43, 44). The canonical
 * name is a key for exact comparison: it folds how a name was typed, never what it says. Legal forms
 * and 省, 市, 县, 区 are part of the name: real registries hold different organisations that differ by
 * nothing else.
 */
import {
  collapseBlanks,
  countCharacters,
  dropBlanks,
  foldLettersAndDigits,
  foldWidth,
  plainName,
} from './normalise.ts';

/**
 * Traditional to simplified characters, one code point to one (rulebook/codes/script-variants).
 * Pairs that depend on context (乾, 後 …) must not be in it.
 */
export type ScriptVariants = ReadonlyMap<string, string>;

const openBrackets = /[([{（［｛〔【〖﹙﹝⦅｟]/g;
const closeBrackets = /[)\]}）］｝〕】〗﹚﹞⦆｠]/g;

/**
 * The one key under which equal names meet: NFC, no blanks or invisible characters, half-width
 * letters and digits, one kind of bracket （）, simplified script by the table. Letter case, other
 * punctuation and every character of meaning stay.
 */
export function canonicalName(name: string, variants: ScriptVariants): string {
  const folded = plainName.test(name)
    ? name
    : foldLettersAndDigits(dropBlanks(name.normalize('NFC')))
        .replace(openBrackets, '（')
        .replace(closeBrackets, '）');
  return mapScript(folded, variants);
}

// One pattern per table: most names hold no character of it, and one test is all they cost.
const patterns = new WeakMap<ScriptVariants, RegExp>();

function patternOf(variants: ScriptVariants): RegExp {
  const known = patterns.get(variants);
  if (known !== undefined) return known;
  const characters = [...variants.keys()].map((character) =>
    character.replace(/[\]\\^-]/g, '\\$&'),
  );
  const pattern = new RegExp(characters.length === 0 ? '(?!)' : `[${characters.join('')}]`, 'gu');
  patterns.set(variants, pattern);
  return pattern;
}

function mapScript(text: string, variants: ScriptVariants): string {
  return text.replace(patternOf(variants), (character) => variants.get(character) ?? character);
}

/**
 * A loose key that brings *similar* names together for a person to look at: brackets, punctuation,
 * 省市县区 and 责任 dropped. It must never decide anything. Empty when too little is left.
 */
export function nearNameKey(name: string, variants: ScriptVariants): string {
  const loose = canonicalName(name, variants)
    .replace(/有限责任公司/g, '有限公司')
    .replace(/[省市县区（）]|[^\p{L}\p{N}]/gu, '');
  return countCharacters(loose) < 4 ? '' : loose;
}

/** Masked at the source: a name with * (or its look-alikes) is no evidence of anything (§1.7). */
export function isMaskedName(name: string): boolean {
  return /[*＊﹡∗✱×✕●]/.test(name);
}

/** Destroyed on the way: a replacement character, a question mark or an empty box stands in the name. */
export function isDamagedName(name: string): boolean {
  return /[\uFFFD?？□■]/.test(name);
}

/** Three characters or fewer: too common to be evidence (§1.9 no. 4). */
export function isShortName(name: string): boolean {
  if (name.length > 6 && plainName.test(name)) return false;
  return countCharacters(dropBlanks(name)) <= 3;
}

/** How one of several names in a single field is marked. `joined` and `bracketed` carry no word. */
export type NamePartKind =
  'first' | 'second' | 'subordinate' | 'added' | 'short' | 'former' | 'bracketed' | 'joined';

/** One name out of a field that holds several. */
export type NamePart = { readonly name: string; readonly kind: NamePartKind };

/**
 * What a name field holds. `embedded`: more than one name; then `parts` lists them in order, the
 * first being the main one. Otherwise `parts` is the one name itself, kind `first`.
 */
export type NameParts = { readonly embedded: boolean; readonly parts: readonly NamePart[] };

const lengthMax = 300;

const kindByWord: Readonly<Record<string, NamePartKind>> = {
  第一名称: 'first',
  第二名称: 'second',
  第三名称: 'second',
  第二厂名: 'second',
  从属名称: 'subordinate',
  增挂名称: 'added',
  增挂: 'added',
  加挂: 'added',
  对外名称: 'second',
  又名: 'second',
  别名: 'second',
  亦称: 'second',
  简称: 'short',
  原名称: 'former',
  原名: 'former',
  曾用名: 'former',
  曾用名称: 'former',
};

// Some words stand inside real names (太原名都酒店 holds 原名), so they count only after a bracket,
// blank or sign, or before a colon; the long ones count anywhere.
const anywhere = '第一名称|第二名称|第三名称|第二厂名|从属名称|增挂名称|增挂';
const bounded = '曾用名称|曾用名|原名称|原名|简称|又名|别名|亦称|加挂|对外名称';
const marker = new RegExp(
  `[（\\s,，;；。.]?(?:(${anywhere})(?!）)|(?<=[（\\s,，;；。.])(${bounded})|(${bounded})(?=\\s?:))\\s?:?\\s?`,
  'gu',
);

// A field holds two names only with a blank or sign between them, a bracket at its end, or a word.
const mayHoldTwo =
  /[^\u4E00-\u9FFF（）()0-9A-Za-z]|[）)]$|名称|厂名|简称|原名|用名|又名|别名|亦称|[增加]挂/;

/**
 * Recognises a registered field that holds two names (第二名称, 从属名称, 增挂, 简称, 原名, 曾用名 …,
 * before or behind the name, in brackets or not) and splits it. Fields over 300 characters are left
 * whole.
 */
export function nameParts(name: string): NameParts {
  if (!mayHoldTwo.test(name)) return single(name);
  if (name.length > lengthMax) return single(name.slice(0, lengthMax));
  const text = collapseBlanks(foldWidth(name.normalize('NFC')))
    .replace(/[([{〔【]/g, '（')
    .replace(/[)\]}〕】]/g, '）');
  const parts = byTrailingMark(text) ?? byMarkers(text) ?? byLastBracket(text) ?? byJoint(text);
  return parts === null ? single(name) : { embedded: true, parts };
}

/** Whether a word for a second name stands in the field, even where it cannot be split. */
export function hasSecondNameWord(name: string): boolean {
  return /第[一二三]名称|第二厂名|从属名称|增挂/.test(name);
}

function single(name: string): NameParts {
  return { embedded: false, parts: [{ name, kind: 'first' }] };
}

/** `甲厂 乙厂（第二名称）` and `甲公司（1） 乙公司（2）`. */
function byTrailingMark(text: string): NamePart[] | null {
  const match =
    /^([^（）\s]+) ?([^（）\s]+)（第二名称）$/u.exec(text) ??
    /^([^（）]+)（[1一]） ?([^（）]+)（[2二]）$/u.exec(text);
  if (match === null || !text.includes(' ')) return null;
  return [
    { name: match[1]!.trim(), kind: 'first' },
    { name: match[2]!.trim(), kind: 'second' },
  ];
}

function byMarkers(text: string): NamePart[] | null {
  const parts: NamePart[] = [];
  let kind: NamePartKind = 'first';
  let start = 0;
  for (const match of text.matchAll(marker)) {
    pushPart(parts, text.slice(start, match.index), kind);
    kind = kindByWord[match[1] ?? match[2] ?? match[3]!]!;
    start = match.index + match[0].length;
  }
  if (start === 0) return null;
  pushPart(parts, text.slice(start), kind);
  return parts.length > 1 ? parts : null;
}

function pushPart(parts: NamePart[], raw: string, kind: NamePartKind): void {
  const name = trimPart(raw);
  if (name !== '') parts.push({ name, kind: parts.length === 0 ? 'first' : kind });
}

/** Drops blanks, signs and the bracket that belonged to the marker, not brackets of the name itself. */
function trimPart(raw: string): string {
  let name = raw.replace(/^[\s:,，;；。.]+|[\s:,，;；。.]+$/gu, '');
  const opens = name.split('（').length;
  const closes = name.split('）').length;
  if (closes > opens && name.endsWith('）')) name = name.slice(0, -1).trim();
  if (opens > closes && name.endsWith('（')) name = name.slice(0, -1).trim();
  return name;
}

/** `甲厂（乙厂）`, `甲公司（原乙公司）`: a whole name in the last bracket, a mere branch is none. */
function byLastBracket(text: string): NamePart[] | null {
  const match = /^([^（）]{4,})（([^（）]{4,})）$/u.exec(text);
  if (match === null) return null;
  const main = match[1]!.trim();
  const inner = match[2]!.trim();
  if (!readsAsName(main) || !readsAsName(inner) || /^(?:有限|股份)|分公司$/.test(inner))
    return null;
  const former = inner.startsWith('原') && !/^原[阳平州]/.test(inner);
  return [
    { name: main, kind: 'first' },
    former ? { name: inner.slice(1), kind: 'former' } : { name: inner, kind: 'bracketed' },
  ];
}

/** `甲公司 乙商场`, `甲厂．乙厂`: every piece must read as a name of its own. */
function byJoint(text: string): NamePart[] | null {
  const pieces = text.split(/[\s.,，;；/]+/u).filter((piece) => piece !== '');
  if (pieces.length < 2 || !pieces.every((piece) => balanced(piece) && readsAsName(piece)))
    return null;
  return pieces.map((name, index) => ({ name, kind: index === 0 ? 'first' : 'joined' }));
}

function balanced(text: string): boolean {
  return text.split('（').length === text.split('）').length && !text.startsWith('）');
}

const endings =
  /(?:公司|[厂社店行局院所站部队场会处馆园堂矿库楼城铺坊室校]|中心|集团|大学|学校|联社)$/u;

function readsAsName(text: string): boolean {
  return (
    countCharacters(text) >= 4 &&
    endings.test(text) &&
    !/^(?:股份|责任)?有限(?:责任)?公司$/u.test(text)
  );
}
