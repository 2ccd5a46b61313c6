/**
 * Masking (data-standards §1.7): keep a head and a tail, star the rest. Applied in the read model, in
 * exports and in logs, never in storage. A value too short to hide four characters is starred whole.
 * Counts code points.
 */

const hiddenMin = 4;

/** Keeps the first `head` and last `tail` characters; stars everything when under four would be hidden. */
export function maskMiddle(value: string, head: number, tail: number): string {
  const characters = [...value];
  const hidden = characters.length - head - tail;
  if (hidden < hiddenMin) return '*'.repeat(characters.length);
  const end = tail === 0 ? '' : characters.slice(-tail).join('');
  return characters.slice(0, head).join('') + '*'.repeat(hidden) + end;
}

/**
 * An identity number: 1 + 1 when published or shown to officials without need (`public`), 3 + 4 in a
 * report handed to the person (`holder`).
 */
export function maskResidentId(value: string, audience: 'public' | 'holder'): string {
  return audience === 'public' ? maskMiddle(value, 1, 1) : maskMiddle(value, 3, 4);
}

/** Another document's number (passport, permit): 1 + 2. */
export function maskDocument(value: string): string {
  return maskMiddle(value, 1, 2);
}

/** A telephone number: 3 + 4; one too short for that (a local number) keeps its last two. */
export function maskPhone(value: string): string {
  return [...value].length >= 3 + 4 + hiddenMin ? maskMiddle(value, 3, 4) : maskMiddle(value, 0, 2);
}

/** A bank account or card: the last four. */
export function maskBankAccount(value: string): string {
  return maskMiddle(value, 0, 4);
}

/**
 * A person's name: the surname stays. `compoundSurnames` is the table of two-character surnames
 * (rulebook/codes/compound-surnames). A single character is starred.
 */
export function maskPersonName(
  name: string,
  compoundSurnames: { has(surname: string): boolean },
): string {
  const characters = [...name];
  if (characters.length < 2) return '*'.repeat(characters.length);
  const kept =
    characters.length > 2 && compoundSurnames.has(characters.slice(0, 2).join('')) ? 2 : 1;
  return characters.slice(0, kept).join('') + '*'.repeat(characters.length - kept);
}

// Province, prefecture and county words in order; a level may be missing. What follows is hidden.
const province = /^[\u4E00-\u9FFF]{2,7}?(?:省|自治区|特别行政区)/u;
const place = '[^省市县区旗州盟路街道巷弄号村镇乡幢栋室\\d\\s]';
const prefecture = new RegExp(`^${place}{1,9}?(?:自治州|地区|市|州|盟)`, 'u');
const county = new RegExp(`^${place}{1,12}?(?:自治县|自治旗|林区|县|区|旗|市)`, 'u');

/**
 * The address of a natural person down to county level; street and house become `****`. Where no
 * county can be read the text is cut at the level that can, and starred whole when none can.
 */
export function maskAddress(address: string): string {
  let kept = '';
  let rest = address.trim();
  for (const level of [province, prefecture, county]) {
    const match = level.exec(rest);
    if (match === null || /[小社园校厂院库营住]区$/.test(match[0])) continue;
    kept += match[0];
    rest = rest.slice(match[0].length);
  }
  return rest === '' ? kept : `${kept}****`;
}
