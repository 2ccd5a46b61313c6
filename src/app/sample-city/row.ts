/** What every row of the sample city is made from, and how its texts are written. */
import { type Day, addDays, partsOf } from '../../kernel/day.ts';
import { type Chance, weighted } from './chance.ts';
import { type Organisation, categoryOf, representative } from './organisations.ts';
import type { Parties } from './parties.ts';
import type { FileOrder } from './orders.ts';
import type { SampleUnit } from './units.ts';

/** Values of a row by field of its standard; a field left out is empty. */
export type Values = Record<string, string>;

/** What a row is about. */
export type RowMatter = {
  readonly parties: Parties;
  readonly order: FileOrder;
  readonly unit: SampleUnit;
  /** Number of the row in its file, from 0. */
  readonly number: number;
  readonly chance: Chance;
  readonly party: Organisation;
  readonly decidedOn: Day;
};

/** A day as most offices write it. */
export function slashed(day: Day): string {
  return day.replaceAll('-', '/');
}

/** A day as some offices write it instead. */
export function otherwise(day: Day, chance: Chance): string {
  const { year, month, dayOfMonth } = partsOf(day);
  return chance.pick([
    day,
    `${year}年${month}月${dayOfMonth}日`,
    day.replaceAll('-', ''),
    `${year}/${month}/${dayOfMonth}`,
  ]);
}

/** 万元 with six decimals, from whole 元. */
export function tenThousands(yuan: number): string {
  return (yuan / 10_000).toFixed(6);
}

/** Three in four offices write brackets as the rules say; the others as their keyboards do. */
const brackets: readonly (readonly [readonly [string, string], number])[] = [
  [['〔', '〕'], 76],
  [['[', ']'], 10],
  [['（', '）'], 6],
  [['【', '】'], 4],
  [['(', ')'], 4],
];

/** A document number: office, kind, year, number. */
export function documentNumber(matter: RowMatter, kind: string): string {
  const [open, close] = weighted(matter.chance, brackets);
  const serial = matter.order.before + matter.number + 1;
  const ordinal = matter.chance.happens(0.15) ? '第' : '';
  const year = partsOf(matter.decidedOn).year;
  return `${matter.unit.sign}${kind}${open}${year}${close}${ordinal}${serial}号`;
}

/** Fields about the party under a prefix. Made once: a field's name is looked up a million times. */
type PartyFields = Readonly<
  Record<'name' | 'kind' | 'code' | 'registration' | 'organisation', string>
>;

const partyFields = new Map<string, PartyFields>();

function partyFieldsOf(prefix: string): PartyFields {
  const known = partyFields.get(prefix);
  if (known !== undefined) return known;
  const fields: PartyFields = {
    name: `${prefix}MC`,
    kind: `${prefix}LB`,
    code: `${prefix}SHXYM`,
    registration: `${prefix}GSZC`,
    organisation: `${prefix}ZZJG`,
  };
  partyFields.set(prefix, fields);
  return fields;
}

/** Who the row is about, in the fields with a prefix such as `CF_XDR_`. */
export function partyValues(matter: RowMatter, prefix: string): Values {
  const { party, chance, parties, decidedOn } = matter;
  const fields = partyFieldsOf(prefix);
  const values: Values = {
    [fields.name]: parties.nameOn(party, decidedOn),
    [fields.kind]: categoryOf(party),
    [fields.code]: party.uscc ?? '',
  };
  // The old numbers are columns of the double-publicity templates; most clerks leave them empty.
  const long = prefix.length > 4;
  const numbered = party.uscc === null || (long && chance.happens(0.1));
  values[fields.registration] = numbered ? (party.registrationNumber ?? '') : '';
  values[fields.organisation] = long && chance.happens(0.08) ? party.organisationCode : '';
  return values;
}

/** What a system writes beside a new row: its own id, the operation, and when. */
export function controlValues(order: FileOrder, number: number): Values {
  return {
    FE_ID: `${order.sourceNo}-${order.fileNo}-${number}`,
    OP: 'I',
    SRC_UPDATED_AT: `${order.deliveredOn} 07:30:00`,
  };
}

/** Source of a row, in the fields given. */
export function unitValues(unit: SampleUnit, name: string, code: string): Values {
  return { [name]: unit.name, [code]: unit.code };
}

/** Who represents the party; nothing of documents, as the national advice is. */
export const representedBy = representative;

/** The day so many years later, less one day: the last of a permit. */
export function yearsAfter(day: Day, years: number): Day {
  const { year } = partsOf(day);
  const text = `${year + years}${day.slice(4)}`.replace(/-02-29$/, '-02-28');
  return addDays(text as Day, -1);
}
