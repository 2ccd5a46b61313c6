/**
 * Whether two registering areas are the same: the second half of the evidence "exact name and area"
 * (data-standards §1.9 no. 4). 江苏 and 江苏省 are one, 吉安县 and 吉安市 are two.
 */
import { dropBlanks } from '../../kernel/text/normalise.ts';

/** An area as a source or the registry gives it; any part may be missing. */
export type Area = {
  readonly province: string | null;
  readonly city: string | null;
  /** Six digits GB/T 2260. */
  readonly regionCode: string | null;
};

/**
 * `incomplete`: what is given agrees, but a level that matters is not given. `unknown`: the registry
 * does not know a level that is given. Only `same` is evidence.
 */
export type AreaComparison = 'same' | 'not-given' | 'incomplete' | 'unknown' | 'differs';

const municipalities = new Set(['北京', '天津', '上海', '重庆']);
const provinceWords = /(?:壮族|回族|维吾尔)?(?:省|市|自治区|特别行政区)$/;
const prefectureWords = /(?:市|地区|盟|州|自治州)$/;
const districtWords = /(?:新区|自治县|区|县|市)$/;
const anyLevelWord = /[省市县区旗州盟]$/;

/** Compares the area a source gives with the one the registry holds. */
export function compareArea(given: Area, known: Area): AreaComparison {
  const province = textOf(given.province);
  const city = textOf(given.city);
  const region = regionOf(given.regionCode);
  if (province === '' && city === '' && region === '') return 'not-given';
  const levels = [
    compareLevel(province, textOf(known.province), sameProvince),
    compareLevel(city, textOf(known.city), cityRule(textOf(known.province) || province)),
    compareLevel(region, regionOf(known.regionCode), samePrefecture),
  ];
  if (levels.includes('differs')) return 'differs';
  const byText =
    levels[0] === 'same' && (levels[1] === 'same' || bothWholeCity(province, city, known));
  const byRegion = levels[2] === 'same';
  if (levels[0] === 'unknown' || levels[1] === 'unknown') return 'unknown';
  if (byText || byRegion) return 'same';
  return levels[2] === 'unknown' ? 'unknown' : 'incomplete';
}

type Level = 'same' | 'differs' | 'unknown' | 'absent';

function compareLevel(
  given: string,
  known: string,
  same: (a: string, b: string) => boolean,
): Level {
  if (given === '') return 'absent';
  if (known === '') return 'unknown';
  return same(given, known) ? 'same' : 'differs';
}

/** In a municipality the city is the province; a district may be missing on both sides. */
function bothWholeCity(province: string, city: string, known: Area): boolean {
  return (
    city === '' && textOf(known.city) === '' && municipalities.has(bare(province, provinceWords))
  );
}

function textOf(value: string | null): string {
  return value === null ? '' : dropBlanks(value).slice(0, 60);
}

function regionOf(value: string | null): string {
  const text = textOf(value);
  return /^\d{6}$/.test(text) ? text : '';
}

function bare(text: string, words: RegExp): string {
  const short = text.replace(words, '');
  return short.length >= 2 ? short : text;
}

function sameProvince(a: string, b: string): boolean {
  return bare(a, provinceWords) === bare(b, provinceWords);
}

/** First four digits: the prefecture-level city, or the municipality. */
function samePrefecture(a: string, b: string): boolean {
  return a.slice(0, 4) === b.slice(0, 4);
}

function cityRule(province: string): (a: string, b: string) => boolean {
  const words = municipalities.has(bare(province, provinceWords)) ? districtWords : prefectureWords;
  return (a, b) => sameCity(a, b, words);
}

/**
 * Equal as written; or one is written without its level word: 南京 and 南京市, 黔西南 and
 * 黔西南布依族苗族自治州. Two different level words are two areas.
 */
function sameCity(a: string, b: string, words: RegExp): boolean {
  if (a === b) return true;
  const [short, long] = a.length < b.length ? [a, b] : [b, a];
  if (anyLevelWord.test(short) && short.length > 2) return false;
  if (bare(long, words) === short && words.test(long)) return true;
  return short.length >= 2 && long.startsWith(short) && /族自治州$/.test(long);
}
