/** 告知: which letter of the rulebook is meant, and its text from a template and values. Pure. */
import { canonicalJson, sha256Hex } from '../../kernel/canonical.ts';
import { type Day, type Instant, parseDay, parseInstant } from '../../kernel/day.ts';
import type { Id } from '../../kernel/ids.ts';
import type { Addressee } from '../../kernel/notice.ts';
import { redact, scanPersonalData } from '../../kernel/personal-data.ts';
import { type Result, ok, refuse } from '../../kernel/result.ts';
import type { NoticeChannel, NoticeTemplate } from '../../kernel/rulebook/notices.ts';
import { type Rulebook, editionKey, inForce, isConfirmed } from '../../kernel/rulebook/rulebook.ts';

/** A letter of the rulebook with the edition it stands in. */
export type DatedTemplate = {
  readonly template: NoticeTemplate;
  readonly edition: string;
  /** Whether its rule of deemed service may be applied: read in full, or confirmed by two officers. */
  readonly deemedHolds: boolean;
};

const rank = { nation: 1, province: 2, city: 3 } as const;

/** All letters in force on a day at a place (division code), by code; the lowest layer's of each. */
export function templatesOn(
  rulebook: Rulebook,
  on: Day,
  place: string,
): ReadonlyMap<string, DatedTemplate> {
  const found = [...inForce(rulebook, 'notices', on, place)].sort(
    (a, b) => rank[a.document.layer] - rank[b.document.layer],
  );
  return new Map(
    found.flatMap(({ document }) =>
      document.notices.map((template): [string, DatedTemplate] => {
        const { deemed } = template;
        const deemedHolds = deemed !== null && isConfirmed(rulebook, document, deemed.confidence);
        return [template.code, { template, edition: editionKey(document), deemedHolds }];
      }),
    ),
  );
}

/** The same words in both languages. */
export type Bilingual = { readonly zh: string; readonly en: string };

/** What a letter says. */
export type LetterText = { readonly title: Bilingual; readonly body: Bilingual };

const codeForm = /^[A-Za-z0-9][A-Za-z0-9._/-]{0,79}$/;
// Control characters would end a line, format characters turn what is read around.
const unplain = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}<>]/u;
/** Longest text where a template names no other length. */
export const textUsual = 200;

function fits(
  value: string | number,
  { type, most = textUsual }: NoticeTemplate['values'][number],
): boolean {
  if (type === 'count') {
    return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
  }
  if (typeof value !== 'string') return false;
  if (type === 'day') return parseDay(value) !== null;
  if (type === 'instant') return parseInstant(value) !== null;
  if (type === 'code') return codeForm.test(value);
  const plain = value.trim() !== '' && !unplain.test(value) && [...value].length <= most;
  return plain && scanPersonalData(value).length === 0;
}

/** Minutes in UTC+8, as people read them. */
function written(value: string | number, type: NoticeTemplate['values'][number]['type']): string {
  if (type !== 'instant') return String(value);
  const ms = Date.parse(String(value)) + 8 * 3_600_000;
  return new Date(ms).toISOString().slice(0, 16).replace('T', ' ');
}

/**
 * The text of a letter. Every declared value is given and nothing else is; values are put in once and not
 * looked into. Refuses `notices.value-unknown`, `notices.value-missing`, `notices.value-bad`, all
 * `{template, name}`.
 */
export function writeLetter(
  template: NoticeTemplate,
  values: Readonly<Record<string, string | number>>,
): Result<LetterText> {
  const { code, title, body } = template;
  const declared = new Map(template.values.map((one) => [one.name, one]));
  const unknown = Object.keys(values).find((name) => !declared.has(name));
  if (unknown !== undefined) {
    return refuse('notices.value-unknown', { template: code, name: unknown.slice(0, 40) });
  }
  const texts = new Map<string, string>();
  for (const [name, one] of declared) {
    const value = Object.hasOwn(values, name) ? values[name] : undefined;
    if (value === undefined) return refuse('notices.value-missing', { template: code, name });
    if (!fits(value, one)) return refuse('notices.value-bad', { template: code, name });
    texts.set(name, written(value, one.type));
  }
  const fill = (text: string) =>
    text.replace(/\{([^{}]*)\}/g, (_place, name: string) => texts.get(name) ?? '');
  return ok({
    title: { zh: fill(title.zh), en: fill(title.en) },
    body: { zh: fill(body.zh), en: fill(body.en) },
  });
}

/**
 * What somebody wrote, as a value of a letter: one line, nothing that could be a tag, numbers of persons
 * masked, cut at `most` characters; `—` where nothing is left.
 */
export function plainLine(text: string, most: number): string {
  // Looked at piece by piece: what does not get into a letter need not be searched.
  const head = text.slice(0, most * 4);
  const line = head
    .replace(/[\p{Cf}]/gu, '')
    .replace(/[\p{Cc}\p{Z}]+/gu, ' ')
    .replaceAll('<', '〈')
    .replaceAll('>', '〉')
    .trim();
  const masked = redact(line, scanPersonalData(line));
  const characters = [...masked];
  const cut = characters.length > most ? `${characters.slice(0, most - 1).join('')}…` : masked;
  // Cutting may leave a number that looks like another one.
  return cut === '' || scanPersonalData(cut).length > 0 ? '—' : cut;
}

/** When a letter that nobody acknowledged counts as served; fixed when it is written. */
export type DeemedTerm = { readonly count: number; readonly unit: 'day' | 'workday' };

/** A letter as it was written; it never changes. */
export type Letter = LetterText & {
  readonly id: Id;
  readonly at: Instant;
  readonly template: string;
  readonly edition: string;
  readonly to: Addressee;
  readonly readers: readonly string[];
  readonly about: string;
  readonly channels: readonly NoticeChannel[];
  readonly proof: boolean;
  readonly deemed: DeemedTerm | null;
  readonly by: string;
};

/** Digest of what a letter says: the same words have the same digest. */
export function digestOfText({ title, body }: LetterText): string {
  return sha256Hex(canonicalJson({ title: { ...title }, body: { ...body } }));
}

/** Canonical text of a letter: what its commitment covers. */
export function letterText(letter: Letter): string {
  const { id, at, template, edition, to, readers, about, channels, proof, deemed, by } = letter;
  return canonicalJson({
    ...{ id, at, template, edition, to: { ...to }, readers: [...readers], about },
    ...{ channels: [...channels], proof, deemed: deemed === null ? null : { ...deemed }, by },
    text: digestOfText(letter),
  });
}
