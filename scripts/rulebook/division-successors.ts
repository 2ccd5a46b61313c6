/**
 * Which code follows an ended one, as far as the lists themselves tell. Only one pattern is certain
 * enough: a unit of the same name (less its suffix: 江都县, 江都市, 江都区) appears under a new code when
 * the old code ends, in the same province and, for common names, in the same prefecture or in the one
 * that took the old one's place. Everything else stays empty unless `divisions-known-changes.csv` says
 * more: a wrong successor is worse than none.
 */
import { type Day, addDays, dayNumber } from '../../src/kernel/day.ts';
import type { Entry } from './division-history.ts';

const nations = (
  '蒙古 回 藏 维吾尔 苗 彝 壮 布依 朝鲜 满 侗 瑶 白 土家 哈尼 哈萨克 傣 黎 傈僳 佤 畲 高山 拉祜 水 东乡 纳西 ' +
  '景颇 柯尔克孜 土 达斡尔 仫佬 羌 布朗 撒拉 毛南 仡佬 锡伯 阿昌 普米 塔吉克 怒 乌孜别克 俄罗斯 鄂温克 德昂 ' +
  '保安 裕固 京 塔塔尔 独龙 鄂伦春 赫哲 门巴 珞巴 基诺 各'
).split(' ');
const suffix = /(特别行政区|自治州|自治县|自治旗|地区|矿区|林区|特区|新区|盟|省|县|市|区|旗)$/;
const nation = new RegExp(`((${nations.join('|')})族)+$`);

/** Days within which an end in one list and a beginning in another count as one change. */
const sameEventDays = 370;

/** Codes of a province may go on in another only at these partitions. */
const partitions: Readonly<Record<string, readonly string[]>> = { '51': ['50'], '44': ['46'] };

/** Name without the word for its sort and without the names of nationalities. */
export function stemOf(name: string): string {
  const short = name.replace(suffix, '');
  const bare = short.replace(nation, '');
  return bare === '' ? short : bare;
}

function levelOf(code: string): string {
  if (code.endsWith('0000')) return 'province';
  return code.endsWith('00') ? 'prefecture' : 'county';
}

function near(a: Day, b: Day): boolean {
  return Math.abs(dayNumber(a) - dayNumber(b)) <= sameEventDays;
}

/**
 * A county may become a city or a district and a city a district; the other way round it is another
 * unit of the same name: 邯郸市 (of a county's rank) became districts, not 邯郸县.
 */
function mayFollow(old: string, young: string): boolean {
  return !/[市区]$/.test(old) || !/县$/.test(young);
}

/** In more prefectures of a province than this a name says too little about which unit it was. */
const commonPrefectures = 4;

type Search = {
  readonly legal: readonly Entry[];
  /** Province and stem → prefectures that ever had a unit of that name. */
  readonly homes: ReadonlyMap<string, ReadonlySet<string>>;
  /** Legal entries by the province in which an ended code may go on. */
  readonly startedIn: ReadonlyMap<string, readonly Entry[]>;
  /** Ended prefecture (four digits and first day after) → prefectures in its place. */
  readonly moved: ReadonlyMap<string, readonly string[]>;
};

function only(candidates: readonly Entry[]): Entry | undefined {
  const codes = new Set(candidates.map((c) => c.code));
  return codes.size === 1 ? candidates[0] : undefined;
}

/** The one candidate: of the same day first, then of the same prefecture, then of the full name. */
function best(ended: Entry, candidates: readonly Entry[], home: readonly string[]): string[] {
  const sameDay = candidates.filter((c) => c.from === addDays(ended.to!, 1));
  const found = bestOf(ended, sameDay, home) ?? bestOf(ended, candidates, home);
  return found ? [found.code] : [];
}

function bestOf(
  ended: Entry,
  candidates: readonly Entry[],
  home: readonly string[],
): Entry | undefined {
  const inHome = (entry: Entry): boolean => home.includes(entry.code.slice(0, 4));
  const sameName = candidates.filter((c) => c.name === ended.name);
  return (
    only(sameName.filter(inHome)) ??
    only(candidates.filter(inHome)) ??
    only(sameName) ??
    only(candidates)
  );
}

function successorsOf(ended: Entry, search: Search): string[] {
  const next = addDays(ended.to!, 1);
  const stem = stemOf(ended.name);
  const province = ended.code.slice(0, 2);
  const provinces = [province, ...(partitions[province] ?? [])];
  const own = ended.code.slice(0, 4);
  const home = [...(search.moved.get(`${own}@${next}`) ?? []), own];
  const inHome = (e: Entry): boolean => home.includes(e.code.slice(0, 4));
  const started = (search.startedIn.get(province) ?? []).filter(
    (e) =>
      e.code !== ended.code &&
      levelOf(e.code) === levelOf(ended.code) &&
      near(e.from, next) &&
      e.from > ended.from &&
      (e.to === null || e.to > ended.to!) &&
      provinces.includes(e.code.slice(0, 2)) &&
      mayFollow(ended.name, e.name),
  );
  // Districts and names met everywhere may only go on in the same prefecture.
  const common =
    /(?<!地)区$/.test(ended.name) ||
    stem.length === 1 ||
    (search.homes.get(`${province}${stem}`)?.size ?? 0) > commonPrefectures;
  const same = started.filter((e) => stemOf(e.name) === stem && (!common || inHome(e)));
  const found = best(ended, same, home);
  if (found.length > 0 || stem.length > 1) return found;
  const sameCounty = started.filter((e) => e.name === ended.name && e.name.endsWith('县'));
  const longer = started.filter(
    (e) => inHome(e) && e.name.startsWith(stem) && stemOf(e.name).length === 2,
  );
  return best(ended, sameCounty.length > 0 ? sameCounty : longer, home);
}

function movedPrefectures(legal: readonly Entry[], search: Search): Map<string, string[]> {
  const moved = new Map<string, string[]>();
  for (const prefecture of legal) {
    if (levelOf(prefecture.code) !== 'prefecture' || prefecture.to === null) continue;
    const next = addDays(prefecture.to, 1);
    const own = prefecture.code.slice(0, 4);
    const direct = successorsOf(prefecture, search).map((code) => code.slice(0, 4));
    const counties = legal.filter(
      (e) => e.to !== null && e.code.startsWith(own) && e !== prefecture && near(e.to, prefecture.to!),
    );
    const voted = counties.flatMap((county) => successorsOf(county, search));
    const prefectures = [...direct, ...voted.map((code) => code.slice(0, 4))];
    moved.set(`${own}@${next}`, [...new Set(prefectures)]);
  }
  return moved;
}

/** Whether the code goes on for the same unit under a new name, so that nothing replaced it. */
function goesOn(entry: Entry, legal: readonly Entry[]): boolean {
  const next = addDays(entry.to!, 1);
  return legal.some(
    (e) => e.code === entry.code && e.from === next && stemOf(e.name) === stemOf(entry.name),
  );
}

/** Fills `replacedBy` of ended legal entries that have none, where the lists make it certain. */
export function addSuccessors(entries: readonly Entry[]): void {
  const legal = entries.filter((e) => e.kind === 'legal');
  const startedIn = new Map<string, Entry[]>();
  for (const entry of legal) {
    const province = entry.code.slice(0, 2);
    const from = Object.keys(partitions).filter((old) => partitions[old]!.includes(province));
    for (const key of [province, ...from]) {
      startedIn.set(key, [...(startedIn.get(key) ?? []), entry]);
    }
  }
  const homes = new Map<string, Set<string>>();
  for (const entry of legal) {
    const key = `${entry.code.slice(0, 2)}${stemOf(entry.name)}`;
    homes.set(key, (homes.get(key) ?? new Set()).add(entry.code.slice(0, 4)));
  }
  const blind: Search = { legal, homes, startedIn, moved: new Map() };
  const search: Search = { legal, homes, startedIn, moved: movedPrefectures(legal, blind) };
  for (const entry of legal) {
    if (entry.to === null || entry.replacedBy.length > 0 || goesOn(entry, legal)) continue;
    entry.replacedBy = successorsOf(entry, search);
  }
}
