/** The registers of the sample city as the registering offices send them. */
import { type Day, addDays } from '../../kernel/day.ts';
import { usccAlphabet } from '../../kernel/identifiers/uscc.ts';
import { chanceOf } from './chance.ts';
import {
  type CityPlan,
  type Organisation,
  type OrganisationKind,
  organisationAt,
  pairOf,
  representative,
  storyDays,
} from './organisations.ts';
import { type RegistryDirt, dirtFinder } from './registry-dirt.ts';
import type { FileForm } from './sources.ts';
import { type UnitKey, sampleUnits, unitOf } from './units.ts';

/** One register file: who sends it, when, and which organisations stand in it. */
export type RegistryOrder = {
  readonly unit: UnitKey;
  readonly name: string;
  readonly form: FileForm;
  readonly deliveredOn: Day;
  readonly kinds: readonly OrganisationKind[];
  /** `full`: everybody registered before the story; else those registered since, up to this file. */
  readonly from: Day | 'full';
};

/** Fields of the base library (standard `base-library`) that the registers fill. */
export const registryFields = [
  'ztmc',
  'tyshxydm',
  'zch',
  'cym',
  'fddbr',
  'clrq',
  'dz',
  'djjg',
  'zczb',
  'hydm',
  'lx',
  'jyfw',
  'jyzt',
  'sf',
  'cs',
] as const;

type RegistryRow = Record<(typeof registryFields)[number], string>;

const market: readonly OrganisationKind[] = [
  'company',
  'branch',
  'cooperative',
  'registered-long-ago',
];
const shops: readonly OrganisationKind[] = ['individual', 'owner-named'];
const social: readonly OrganisationKind[] = ['association', 'private-unit', 'foundation'];
const rest: readonly OrganisationKind[] = ['law-firm', 'union', 'collective'];

/** All register files in the order of their arrival. */
export function registryOrders(plan: CityPlan): RegistryOrder[] {
  const start = addDays(plan.anchor, -storyDays);
  const spring = addDays(plan.anchor, -210);
  const autumn = addDays(plan.anchor, -40);
  // A sheet has room for a million rows.
  const sheet: FileForm = plan.organisations < 1_000_000 ? 'xlsx' : 'csv-utf8';
  const full = { from: 'full', deliveredOn: start } as const;
  const everybody = [...market, ...shops, 'institution', ...social, ...rest] as const;
  return [
    { ...full, unit: 'market', name: '企业登记信息', form: 'csv-utf8', kinds: market },
    { ...full, unit: 'market', name: '个体工商户登记信息', form: 'csv-gb18030', kinds: shops },
    { ...full, unit: 'establishment', name: '机关事业单位', form: sheet, kinds: ['institution'] },
    { ...full, unit: 'civil-affairs', name: '社会组织登记信息', form: sheet, kinds: social },
    { ...full, unit: 'justice', name: '其他组织登记信息', form: 'json', kinds: rest },
    {
      unit: 'market',
      name: '新设立组织（上半期）',
      form: 'csv-utf8',
      deliveredOn: spring,
      kinds: everybody,
      from: start,
    },
    {
      unit: 'market',
      name: '新设立和注销组织（下半期）',
      form: 'csv-utf8',
      deliveredOn: autumn,
      kinds: everybody,
      from: spring,
    },
  ];
}

/** Day on which the base library first knows an organisation. */
export function knownFrom(plan: CityPlan, organisation: Organisation): Day {
  if (!organisation.recent) return addDays(plan.anchor, -storyDays);
  const spring = addDays(plan.anchor, -210);
  return organisation.registeredOn < spring ? spring : addDays(plan.anchor, -40);
}

/** Whether the organisation gave up while the story ran; the last register says so. */
function endsInStory(plan: CityPlan, number: number): boolean {
  return chanceOf(plan.seed, 'ends', number).happens(0.012);
}

function rowOf(organisation: Organisation): RegistryRow {
  const shop = pairOf(organisation) === '92';
  return {
    ztmc: organisation.name,
    tyshxydm: organisation.uscc ?? '',
    zch: organisation.registrationNumber ?? '',
    cym: organisation.formerName ?? '',
    fddbr: representative,
    clrq: organisation.registeredOn.replaceAll('-', '/'),
    dz: organisation.address,
    djjg: registrarOf(organisation),
    zczb: organisation.capital,
    hydm: organisation.trade.industry,
    lx: organisation.enterpriseType,
    jyfw: shop ? organisation.trade.scope : `许可项目和一般项目：${organisation.trade.scope}`,
    jyzt: organisation.status,
    sf: '江苏省',
    cs: '样例市',
  };
}

const registrars: Readonly<Record<string, UnitKey>> = {
  '12': 'establishment',
  '51': 'civil-affairs',
  '52': 'civil-affairs',
  '53': 'civil-affairs',
  '31': 'justice',
};

function registrarOf(organisation: Organisation): string {
  return unitOf(registrars[pairOf(organisation)] ?? 'market').name;
}

/** Small letters to full-width ones. */
function widened(text: string): string {
  return text.replace(/[A-Z0-9]/g, (letter) => String.fromCharCode(letter.charCodeAt(0) + 0xfee0));
}

function otherCharacter(character: string): string {
  return usccAlphabet[(usccAlphabet.indexOf(character) + 7) % usccAlphabet.length]!;
}

/** The row with what is wrong in it; a second row where the dirt is one. */
function soiled(row: RegistryRow, dirt: RegistryDirt): RegistryRow[] {
  const { ztmc: name, tyshxydm: code } = row;
  const half = Math.ceil(name.length / 2);
  switch (dirt) {
    case 'code-in-small-letters':
      return [{ ...row, tyshxydm: code.toLowerCase() }];
    case 'code-with-wrong-check':
      return [{ ...row, tyshxydm: code.slice(0, -1) + otherCharacter(code.slice(-1)) }];
    case 'check-as-remainder':
      return [{ ...row, tyshxydm: code.endsWith('1') ? `${code.slice(0, -1)}Y` : code }];
    case 'second-name-for-the-code':
      return [row, { ...row, ztmc: `${name.slice(0, 3)}二分厂${name.slice(3)}` }];
    case 'row-twice':
      return [row, row];
    case 'two-names-in-one-field':
      return [{ ...row, ztmc: `${name}（${name.slice(0, half)}经营部）` }];
    case 'blank-inside-name':
      return [{ ...row, ztmc: `${name.slice(0, half)} ${name.slice(half)}` }];
    case 'full-width-letters':
      return [{ ...row, ztmc: `${name.slice(0, 3)}${widened('A8')}${name.slice(3)}` }];
    case 'destroyed-text':
      return [{ ...row, ztmc: `${name.slice(0, half)}\ufffd\ufffd${name.slice(half + 1)}` }];
    case 'columns-shifted':
      return [{ ...row, sf: row.jyfw, cs: row.sf }];
    case 'wide-blank':
      return [{ ...row, dz: row.dz.replace('样例市', '样例市\u3000') }];
    case 'private-character':
      return [{ ...row, ztmc: `${name.slice(0, 3)}\ue001${name.slice(4)}` }];
    case 'control-character':
      return [{ ...row, ztmc: `\u0000\u0000${name}`, dz: `${row.dz}\u007f` }];
  }
}

/** Rows of public bodies: organs stand in the establishment office's register, utilities in trade. */
function unitRows(order: RegistryOrder): RegistryRow[] {
  if (order.from !== 'full') return [];
  const pairs = order.unit === 'establishment' ? ['11', '12'] : ['91'];
  if (order.unit !== 'establishment' && order.kinds !== market) return [];
  return sampleUnits
    .filter(({ code }) => pairs.includes(code.slice(0, 2)))
    .map(({ code, name }) => ({
      ztmc: name,
      tyshxydm: code,
      zch: '',
      cym: '',
      fddbr: representative,
      clrq: '1994/03/01',
      dz: '样例市样例区样例路1号',
      djjg: unitOf(order.unit).name,
      zczb: '',
      hydm: '9221',
      lx: code.startsWith('11') ? '机关' : code.startsWith('12') ? '事业单位' : '1110',
      jyfw: '',
      jyzt: '存续',
      sf: '江苏省',
      cs: '样例市',
    }));
}

function* organisationsIn(plan: CityPlan, order: RegistryOrder): Generator<Organisation> {
  const kinds = new Set(order.kinds);
  const last = order.deliveredOn === addDays(plan.anchor, -40);
  for (let number = 0; number < plan.organisations; number += 1) {
    const organisation = organisationAt(plan, number);
    if (!kinds.has(organisation.kind)) continue;
    if (order.from === 'full') {
      if (!organisation.recent) yield organisation;
    } else if (organisation.recent && knownFrom(plan, organisation) === order.deliveredOn) {
      yield organisation;
    } else if (last && !organisation.recent && organisation.alive && endsInStory(plan, number)) {
      yield { ...organisation, status: '注销' };
    }
  }
}

/** Rows of a register file, without the heading, in the order of {@link registryFields}. */
export function* registryRows(plan: CityPlan, order: RegistryOrder): Generator<string[]> {
  const dirtOf = dirtFinder(plan);
  const cells = (row: RegistryRow) => registryFields.map((field) => row[field]);
  for (const row of unitRows(order)) yield cells(row);
  for (const organisation of organisationsIn(plan, order)) {
    const row = rowOf(organisation);
    const bracket = chanceOf(plan.seed, 'bracket', organisation.number).happens(0.88);
    // Seven of eight registers write brackets in half width.
    if (bracket) row.ztmc = row.ztmc.replaceAll('（', '(').replaceAll('）', ')');
    const dirt = order.from === 'full' ? dirtOf(organisation.number) : null;
    for (const written of dirt === null ? [row] : soiled(row, dirt)) yield cells(written);
  }
}
