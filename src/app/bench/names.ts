/**
 * Names of invented organisations with the unevenness of real ones: a few places, characters and trades
 * make up most names, and a long tail the rest. The distributions are taken from a registry at hand
 * while the program runs, else from lists of our own; either way every name is put together anew.
 */
import { createReadStream, existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { assert } from '../../kernel/result.ts';
import { openTable } from '../../platform/spreadsheet/index.ts';
import { type Chance, chanceOf } from '../sample-city/chance.ts';

/** A name with its parts. `former` is the name before the last change, where there was one. */
export type MadeName = {
  readonly place: string;
  readonly brand: string;
  readonly trade: string;
  readonly form: string;
  /** Whether the place stands in brackets behind the brand: 华瑞（南京）食品有限公司. */
  readonly bracketed: boolean;
  readonly name: string;
  readonly former: string | null;
};

/** Choices with their weights summed up, for drawing by bisection. */
type Weighted = { readonly choices: readonly string[]; readonly sums: readonly number[] };

/** What names are drawn from. */
export type NameSource = {
  /** Where the distributions come from, for the notes of a run. */
  readonly told: string;
  readonly places: Weighted;
  /** Characters of a brand by their place in it. */
  readonly brand: readonly Weighted[];
  readonly brandOfThree: number;
  readonly trades: Weighted;
  readonly forms: Weighted;
};

function weightedOf(counts: ReadonlyMap<string, number>): Weighted {
  const choices = [...counts.keys()];
  let sum = 0;
  const sums = choices.map((choice) => (sum += counts.get(choice)!));
  return { choices, sums };
}

function draw({ choices, sums }: Weighted, chance: Chance): string {
  const wanted = chance.next() * sums.at(-1)!;
  let low = 0;
  let high = sums.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sums[middle]! > wanted) high = middle;
    else low = middle + 1;
  }
  return choices[low]!;
}

function add(counts: Map<string, number>, choice: string): void {
  counts.set(choice, (counts.get(choice) ?? 0) + 1);
}

const formPattern =
  /(集团股份有限公司|股份有限公司|集团有限责任公司|有限责任公司|集团有限公司|有限公司|总公司|公司|合作社|经营部|事务所|服务部|中心|商店|商行|总厂|厂|店|部|社|站|所|院)$/;

/** Weights that fall as the rank does (Zipf's law), for lists of our own. */
function ranked(list: readonly string[]): Weighted {
  return weightedOf(new Map(list.map((choice, index) => [choice, 1 / (index + 2)])));
}

const ownPlaces =
  '南京市 江苏 南京 江苏省 江宁区 浦口区 栖霞区 鼓楼区 秦淮区 雨花台区 六合区 溧水区 高淳区 玄武区 建邺区 苏州 无锡 常州 南通 扬州 镇江 泰州 徐州 盐城 淮安 连云港 宿迁 上海 杭州 合肥'.split(
    ' ',
  );
const ownCharacters = [
  ...'华新金天东中海大宏江安兴盛鑫瑞恒源通达利丰泰德嘉诚信和明远顺康永正建联长城南平方宁文福隆洋星力光龙美凯佳亚飞荣锦祥汇博亿智创云科立祺雅昌富裕景晨旺威山河松柏梅竹兰桂春秋阳月风雨虹鹏鹤凤麒麟玉珠宝瑶琪琳珂翔腾骏驰程途航舟帆波涛浩淼清泉溪湖浦滨港湾岛屿',
];
const ownTrades =
  '贸易 商贸 科技 建筑工程 装饰工程 机械 食品 物流 信息技术 实业 广告 置业 房地产开发 电子 化工 汽车销售服务 物业管理 餐饮管理 文化传播 建材 服饰 医疗器械 电子科技 机电设备 环保科技 纺织品 运输 投资管理 企业管理咨询 旅行社 印务 家具 园林绿化 农业开发 生物科技 教育咨询 通信工程 网络科技 劳务 塑料制品 五金制品 包装材料 电气设备 自动化设备 水利工程 市政工程 酒店管理 人力资源 珠宝 钢结构 玻璃制品 橡胶 新能源 照明 仪器仪表 造纸 饲料 种业 粮油 水产 畜禽养殖 茶叶 酒业 药业 大药房 模具 阀门 电缆 轴承 铸造 消防工程'.split(
    ' ',
  );

/** Lists of our own, with weights that fall by rank. */
export function ownNames(): NameSource {
  const characters = ranked(ownCharacters);
  return {
    told: 'names by lists of our own',
    places: ranked(ownPlaces),
    brand: [characters, characters, characters],
    brandOfThree: 0.3,
    trades: ranked(ownTrades),
    forms: weightedOf(
      new Map([
        ['有限公司', 80],
        ['有限责任公司', 8],
        ['股份有限公司', 3],
        ['集团有限公司', 2],
        ['厂', 4],
        ['经营部', 3],
      ]),
    ),
  };
}

type Split = { readonly place: string; readonly rest: string; readonly form: string };

/** Place, middle and legal form of a registered name; `null` where the middle is too short to split. */
function splitName(name: string, province: string, city: string): Split | null {
  const text = name.replace(/[（(][^（）()]*[)）]/g, '');
  const form = formPattern.exec(text)?.[0];
  if (form === undefined || !/^\p{Script=Han}+$/u.test(text)) return null;
  const place = new RegExp(
    `^(?:(?:${province || '　'}省?)|(?:${city || '　'}市?)|\\p{Script=Han}{2,3}[省市县区])+`,
    'u',
  ).exec(text)?.[0];
  const rest = text.slice(place?.length ?? 0, -form.length);
  return rest.length < 4 ? null : { place: place ?? '', rest, form };
}

/** Distributions counted in the rows of a registry: places, brand characters, trades, legal forms. */
function countedNames(splits: readonly Split[]): NameSource {
  const tails = new Map<string, number>();
  for (const { rest } of splits) for (const at of [2, 3]) add(tails, rest.slice(at));
  const [places, trades, forms] = [new Map(), new Map(), new Map()] as Map<string, number>[];
  const brand = [0, 1, 2].map(() => new Map<string, number>());
  let three = 0;
  for (const { place, rest, form } of splits) {
    // The trade is the tail more names have in common.
    const long = rest.length > 4 && tails.get(rest.slice(3))! > tails.get(rest.slice(2))!;
    if (long) three += 1;
    const length = long ? 3 : 2;
    [...rest.slice(0, length)].forEach((character, index) => add(brand[index]!, character));
    add(places!, place);
    add(trades!, rest.slice(length));
    add(forms!, form);
  }
  return {
    told: `names by the distributions of ${splits.length.toLocaleString('en-US')} registered ones`,
    places: weightedOf(places!),
    brand: brand.map(weightedOf),
    brandOfThree: three / splits.length,
    trades: weightedOf(trades!),
    forms: weightedOf(forms!),
  };
}

const registryFiles = ['orgs-nanjing.csv', 'orgs-elsewhere-sample.csv'];

/** Distributions of the registry in the folder of shared data; our own lists where there is none. */
export async function namesFrom(sharedData: string | null): Promise<NameSource> {
  const paths = registryFiles.map((file) => resolve(sharedData ?? '', 'org-registry', file));
  if (sharedData === null || !paths.every((path) => existsSync(path))) return ownNames();
  const splits: Split[] = [];
  for (const path of paths) {
    const opened = await openTable({ stream: () => createReadStream(path) });
    assert(opened.ok, `the registry at hand is no table: ${path}`);
    let header: readonly string[] | null = null;
    for await (const batch of opened.value.batches()) {
      for (const { cells } of batch) {
        if (header === null) {
          header = cells;
          continue;
        }
        const at = (column: string) => cells[header!.indexOf(column)] ?? '';
        const split = splitName(at('name'), at('province'), at('city'));
        if (split !== null) splits.push(split);
      }
    }
    await opened.value.close();
  }
  return splits.length < 1_000 ? ownNames() : countedNames(splits);
}

/** The name with a number: a function of source, seed and number. */
export function makeName(source: NameSource, seed: number, number: number): MadeName {
  const chance = chanceOf(seed, 'bench-name', number);
  const parts = partsOf(source, chance);
  const name = joined(parts);
  const former = chance.happens(0.08) ? joined({ ...parts, ...changed(source, chance) }) : null;
  return { ...parts, name, former: former === name ? null : former };
}

type Parts = Pick<MadeName, 'place' | 'brand' | 'trade' | 'form' | 'bracketed'>;

function partsOf(source: NameSource, chance: Chance): Parts {
  const place = draw(source.places, chance);
  const length = chance.next() < source.brandOfThree ? 3 : 2;
  const brand = source.brand.slice(0, length).map((characters) => draw(characters, chance));
  return {
    place,
    brand: brand.join(''),
    trade: draw(source.trades, chance),
    form: draw(source.forms, chance),
    bracketed: place !== '' && chance.happens(0.04),
  };
}

/** What a renaming changed: mostly the brand, else the trade. */
function changed(source: NameSource, chance: Chance): Partial<Parts> {
  const other = partsOf(source, chance);
  return chance.happens(0.6) ? { brand: other.brand } : { trade: other.trade };
}

function joined({ place, brand, trade, form, bracketed }: Parts): string {
  return bracketed ? `${brand}（${place}）${trade}${form}` : `${place}${brand}${trade}${form}`;
}
