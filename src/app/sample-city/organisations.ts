/**
 * Organisations of the sample city: the one with a number is a function of the seed and the number,
 * so that millions need no memory. Names are invented, carry 样例 or 示例, and belong to no real firm;
 * whoever represents one is called 样例人.
 */
import { type Day, addDays } from '../../kernel/day.ts';
import { type Chance, chanceOf, weighted } from './chance.ts';
import {
  type Line,
  sampleOrganisationCode,
  sampleRegistrationNumber,
  sampleUscc,
} from './codes.ts';
import {
  type Trade,
  aliveWords,
  brandCharacters,
  capitalForms,
  circles,
  companyTrades,
  districts,
  endedWords,
  purposes,
  roads,
  shopTrades,
} from './words.ts';

/** What a sample city is made from. `anchor` is the day it is founded on: everything lies before it. */
export type CityPlan = {
  readonly seed: number;
  readonly organisations: number;
  readonly anchor: Day;
};

/** Days before the anchor on which the city's story begins: the full registry arrives. */
export const storyDays = 731;

/** Who everybody is represented by. */
export const representative = '样例人';

/** Kinds of organisations with the register each stands in. */
export type OrganisationKind =
  | 'company'
  | 'branch'
  | 'individual'
  | 'owner-named'
  | 'cooperative'
  | 'institution'
  | 'association'
  | 'private-unit'
  | 'foundation'
  | 'law-firm'
  | 'union'
  | 'collective'
  | 'registered-long-ago';

/** An organisation as it truly is; files may say it otherwise. */
export type Organisation = {
  readonly number: number;
  readonly kind: OrganisationKind;
  readonly name: string;
  readonly formerName: string | null;
  /** `null` for those registered long ago, who have a registration number only. */
  readonly uscc: string | null;
  readonly organisationCode: string;
  readonly registrationNumber: string | null;
  readonly trade: Trade;
  readonly district: string;
  readonly address: string;
  readonly registeredOn: Day;
  readonly status: string;
  readonly alive: boolean;
  readonly capital: string;
  readonly enterpriseType: string;
  /** Whether it was registered while the story ran, and so comes with a later registry file. */
  readonly recent: boolean;
};

type Shape = { readonly pair: string; readonly line: Line; readonly type: string };

const shapes: Readonly<Record<OrganisationKind, Shape>> = {
  company: { pair: '91', line: 'MA', type: '1130' },
  branch: { pair: '91', line: 'MA', type: '2100' },
  individual: { pair: '92', line: 'MA', type: '个体工商户' },
  'owner-named': { pair: '92', line: 'MA', type: '个体工商户' },
  cooperative: { pair: '93', line: 'MA', type: '9100' },
  institution: { pair: '12', line: 'MB', type: '事业单位' },
  association: { pair: '51', line: 'MJ', type: '社会团体' },
  'private-unit': { pair: '52', line: 'MJ', type: '民办非企业单位' },
  foundation: { pair: '53', line: 'MJ', type: '基金会' },
  'law-firm': { pair: '31', line: 'MD', type: '律师事务所' },
  union: { pair: '81', line: 'MC', type: '基层工会' },
  collective: { pair: 'N2', line: 'MF', type: '农村集体经济组织' },
  'registered-long-ago': { pair: '91', line: 'MA', type: '3200' },
};

const kinds: readonly (readonly [OrganisationKind, number])[] = [
  ['company', 555],
  ['branch', 75],
  ['individual', 240],
  ['owner-named', 10],
  ['cooperative', 30],
  ['institution', 25],
  ['association', 20],
  ['private-unit', 18],
  ['foundation', 3],
  ['law-firm', 7],
  ['union', 7],
  ['collective', 7],
  ['registered-long-ago', 3],
];

// The first numbers of a line are kept for units that are organisations too.
const firstNumber = 100;

/** Kind of the organisation with a number. */
export function kindOf(plan: CityPlan, number: number): OrganisationKind {
  return weighted(chanceOf(plan.seed, 'kind', number), kinds);
}

/** Line of business of the organisation with a number; made without its name, for looking around. */
export function tradeOf(plan: CityPlan, number: number, kind: OrganisationKind): Trade {
  const chance = chanceOf(plan.seed, 'trade', number);
  switch (kind) {
    case 'company':
    case 'branch':
    case 'union':
    case 'registered-long-ago':
      return chance.pick(companyTrades);
    case 'individual':
    case 'owner-named':
      return chance.pick(shopTrades);
    default:
      return { word: chance.pick(purposes), industry: '9999', scope: '依登记证书' };
  }
}

function brandOf(chance: Chance): string {
  const length = chance.happens(0.35) ? 3 : 2;
  let brand = '';
  while (brand.length < length) {
    const character = chance.pick(brandCharacters);
    if (!brand.includes(character)) brand += character;
  }
  return brand;
}

const forms: readonly (readonly [string, number])[] = [
  ['有限公司', 78],
  ['有限责任公司', 8],
  ['（集团）有限公司', 3],
  ['股份有限公司', 4],
  ['厂', 4],
  ['合伙企业（有限合伙）', 3],
];

function nameOf(plan: CityPlan, number: number, kind: OrganisationKind, district: string): string {
  const chance = chanceOf(plan.seed, 'name', number);
  const brand = brandOf(chance);
  const place = chance.happens(0.6) ? '样例市' : district;
  const { word } = tradeOf(plan, number, kind);
  switch (kind) {
    case 'company':
      return `${place}${brand}${word}${weighted(chance, forms)}`;
    case 'branch':
      return branchName(plan, number);
    case 'individual':
    case 'private-unit':
      return `${district}${brand}${word}`;
    case 'owner-named':
      return representative;
    case 'cooperative':
      return `${district}${brand}种植农民专业合作社`;
    case 'institution':
      return `样例市${district}${brand}${word}`;
    case 'association':
      return `样例市${district}${brand}${chance.pick(circles)}协会`;
    case 'foundation':
      return `样例市${brand}慈善基金会`;
    case 'law-firm':
      return `江苏样例${brand}律师事务所`;
    case 'union':
      return `样例市${brand}${word}有限公司工会委员会`;
    case 'collective':
      return `${district}${brand}村股份经济合作社`;
    case 'registered-long-ago':
      return `样例市${brand}${word}厂`;
  }
}

/** A branch bears the name of a company that is in the registry too. */
function branchName(plan: CityPlan, number: number): string {
  const chance = chanceOf(plan.seed, 'branch', number);
  const suffix = `${chance.pick(districts)}${chance.pick(['', '第一', '第二'])}分公司`;
  for (let tries = 0; tries < 40; tries += 1) {
    const parent = chance.below(plan.organisations);
    if (kindOf(plan, parent) === 'company') {
      const place = chanceOf(plan.seed, 'organisation', parent).pick(districts);
      return `${nameOf(plan, parent, 'company', place)}${suffix}`;
    }
  }
  return `样例市${brandOf(chance)}商贸有限公司${suffix}`;
}

function registeredOn(plan: CityPlan, chance: Chance, recent: boolean): Day {
  // Registration grows: most are young, a few go back thirty years.
  const daysBefore = recent
    ? chance.below(storyDays - 60) + 50
    : storyDays + 30 + Math.floor(chance.next() ** 2 * 10_000);
  return addDays(plan.anchor, -daysBefore);
}

/** The organisation with a number from 0 to `plan.organisations - 1`. */
export function organisationAt(plan: CityPlan, number: number): Organisation {
  const kind = kindOf(plan, number);
  const { pair, line, type } = shapes[kind];
  const chance = chanceOf(plan.seed, 'organisation', number);
  const district = chance.pick(districts);
  const recent = kind !== 'registered-long-ago' && chance.happens(0.08);
  const alive = recent || !chance.happens(0.05);
  const status = weighted(chance, alive ? aliveWords : endedWords);
  const organisationCode = sampleOrganisationCode(line, number + firstNumber);
  const longAgo = kind === 'registered-long-ago';
  const individual = pair === '92';
  const trade = tradeOf(plan, number, kind);
  const renamed = kind === 'company' && chance.happens(0.03);
  return {
    number,
    kind,
    name: nameOf(plan, number, kind, district),
    formerName: renamed ? `样例市${brandOf(chance)}${trade.word}有限公司` : null,
    uscc: longAgo ? null : sampleUscc(pair, organisationCode),
    organisationCode,
    registrationNumber:
      longAgo || (pair.startsWith('9') && chance.happens(0.2))
        ? sampleRegistrationNumber(number, individual)
        : null,
    trade,
    district,
    address: `样例市${district}${chance.pick(roads)}${chance.below(300) + 1}号`,
    registeredOn: registeredOn(plan, chance, recent),
    status,
    alive,
    capital: individual
      ? ''
      : weighted(chance, capitalForms).replace(
          'N',
          String(chance.pick([10, 30, 50, 100, 200, 300, 500, 1000, 2000, 5000])),
        ),
    enterpriseType: type,
    recent,
  };
}

/** Category of a party in files of departments. */
export function categoryOf(organisation: Organisation): string {
  return shapes[organisation.kind].pair === '92' ? '个体工商户' : '法人及非法人组织';
}

/** First two characters its code has or would have. */
export function pairOf(organisation: Organisation): string {
  return shapes[organisation.kind].pair;
}
