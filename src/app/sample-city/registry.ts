/** The registers of the sample city as the registering offices send them. */
import { type Day, addDays } from '../../kernel/day.ts';
import { chanceOf } from './chance.ts';
import {
  type CityPlan,
  type Organisation,
  type OrganisationKind,
  kindOf,
  organisationAt,
  pairOf,
  representative,
  storyDays,
} from './organisations.ts';
import { type RegistryDirt, dirtFinder } from './registry-dirt.ts';
import { type RegistryRow, registryFields } from './registry-row.ts';
import { soiled } from './registry-soil.ts';
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

const market: readonly OrganisationKind[] = [
  'company',
  'branch',
  'cooperative',
  'registered-long-ago',
];
const shops: readonly OrganisationKind[] = ['individual', 'owner-named'];
const social: readonly OrganisationKind[] = ['association', 'private-unit', 'foundation'];
const rest: readonly OrganisationKind[] = ['law-firm', 'union', 'collective'];

/** Days before the anchor on which the registers send whoever has come since. */
const updates = [480, 210, 40] as const;

/** All register files in the order of their arrival. */
export function registryOrders(plan: CityPlan): RegistryOrder[] {
  const start = addDays(plan.anchor, -storyDays);
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
    ...updates.map((back, index): RegistryOrder => ({
      unit: 'market',
      name: index < updates.length - 1 ? `新设立组织（第${index + 1}期）` : '新设立和注销组织',
      form: 'csv-utf8',
      deliveredOn: addDays(plan.anchor, -back),
      kinds: everybody,
      from: index === 0 ? start : addDays(plan.anchor, -updates[index - 1]!),
    })),
  ];
}

/** Day on which the base library first knows an organisation. */
export function knownFrom(plan: CityPlan, organisation: Organisation): Day {
  if (!organisation.recent) return addDays(plan.anchor, -storyDays);
  const days = updates.map((back) => addDays(plan.anchor, -back));
  return days.find((on) => organisation.registeredOn < on) ?? days.at(-1)!;
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
  const last = order.deliveredOn === addDays(plan.anchor, -updates.at(-1)!);
  for (let number = 0; number < plan.organisations; number += 1) {
    if (!kinds.has(kindOf(plan, number))) continue;
    const organisation = organisationAt(plan, number);
    if (order.from === 'full') {
      if (!organisation.recent) yield organisation;
    } else if (organisation.recent && knownFrom(plan, organisation) === order.deliveredOn) {
      yield organisation;
    } else if (last && !organisation.recent && organisation.alive && endsInStory(plan, number)) {
      yield { ...organisation, status: '注销' };
    }
  }
}

/** A row of a register, with what is wrong in it. */
export type RegistryLine = {
  readonly cells: readonly string[];
  readonly dirt: RegistryDirt | null;
};

/** Rows of a register file, without the heading, in the order of {@link registryFields}. */
export function* registryLines(plan: CityPlan, order: RegistryOrder): Generator<RegistryLine> {
  const dirtOf = dirtFinder(plan);
  const cells = (row: RegistryRow) => registryFields.map((field) => row[field]);
  for (const row of unitRows(order)) yield { cells: cells(row), dirt: null };
  for (const organisation of organisationsIn(plan, order)) {
    const row = rowOf(organisation);
    const bracket = chanceOf(plan.seed, 'bracket', organisation.number).happens(0.88);
    // Seven of eight registers write brackets in half width.
    if (bracket) row.ztmc = row.ztmc.replaceAll('（', '(').replaceAll('）', ')');
    const dirt = order.from === 'full' ? dirtOf(organisation.number) : null;
    if (dirt === null) yield { cells: cells(row), dirt };
    else
      for (const written of soiled(row, dirt, { plan, organisation }))
        yield { cells: cells(written), dirt };
  }
}
