/** Files that come back as a whole: a template that is always refused, and one nobody can read. */
import { type Day, addDays } from '../../kernel/day.ts';
import { type CityPlan, representative } from './organisations.ts';
import { type Standards, type TableContent } from './files.ts';
import { slashed } from './row.ts';
import { type UnitKey, unitOf } from './units.ts';

/** A file that will be refused. */
export type UnhappyFile = {
  readonly unit: UnitKey;
  readonly item: string;
  readonly deliveredOn: Day;
  readonly why: 'natural-persons' | 'title-above-heading';
};

/** The refused files of a city. */
export function unhappyFiles(plan: CityPlan): UnhappyFile[] {
  return [
    {
      unit: 'sample-market',
      item: 'penalty',
      deliveredOn: addDays(plan.anchor, -131),
      why: 'natural-persons',
    },
    {
      unit: 'example-urban',
      item: 'penalty',
      deliveredOn: addDays(plan.anchor, -96),
      why: 'title-above-heading',
    },
  ];
}

/** The table of such a file. */
export function tableOfUnhappyFile(file: UnhappyFile, standards: Standards): TableContent {
  const unit = unitOf(file.unit);
  const date = file.deliveredOn.replaceAll('-', '');
  const natural = file.why === 'natural-persons';
  const { fields, title } = standards(natural ? 'cf-natural@2019' : 'cf-legal@2019');
  const decided = slashed(addDays(file.deliveredOn, -4));
  const texts: Readonly<Record<string, string>> = {
    CF_XDR_MC: representative,
    CF_XDR_LB: '自然人',
    CF_WSH: `${unit.sign}罚〔${decided.slice(0, 4)}〕901号`,
    CF_CFLB: '警告',
    CF_NR: '警告',
    CF_JDRQ: decided,
    CF_CFJG: unit.name,
    CF_CFJGDM: unit.code,
  };
  const row = fields.map(({ id }) => texts[id] ?? '');
  const names = fields.map(({ name }) => name);
  return {
    fileName: `${title}_${unit.name}_${date}.xlsx`,
    form: 'xlsx',
    sheet: '行政处罚',
    // A pretty title in the first row is the commonest reason why nobody finds the heading.
    headings: natural ? names : [`${unit.name}行政处罚信息表`, ...names.slice(1).map(() => '')],
    rows: natural ? [row] : [names, row],
  };
}
