/**
 * The mistakes departments really make (data-standards §2.11), put into rows on purpose. Each names the
 * outcomes it may have; a test holds collection to them.
 */
import { placeholderUscc, usccAlphabet } from '../../kernel/identifiers/uscc.ts';
import { addDays } from '../../kernel/day.ts';
import type { Chance } from './chance.ts';
import { samplePersonalNumber, sampleUnitCode } from './codes.ts';
import type { FileOrder } from './orders.ts';
import { type RowMatter, type Values, slashed } from './row.ts';

/** A: accepted, W: with a warning, D: duplicate, H: held, R: given back. */
export type Expected = 'A' | 'W' | 'D' | 'H' | 'R';

/** A mistake and what must become of its row. */
export type Mistake = {
  readonly name: string;
  readonly expects: readonly Expected[];
  /** Changes the row; `null` where the row is not of the kind that can have it. */
  readonly make: (row: Values, matter: RowMatter) => Values | null;
};

const set =
  (changes: Values) =>
  (row: Values): Values => ({ ...row, ...changes });

/** A change to a row that has something in a field. */
const where =
  (field: string, change: (text: string, row: Values) => Values) =>
  (row: Values): Values | null => {
    const text = row[field] ?? '';
    return text === '' ? null : { ...row, ...change(text, row) };
  };

const fined = (change: Values) => (row: Values) =>
  (row['CF_NR_FK'] ?? '') === '' ? null : { ...row, ...change };

// A code of the block that no organisation of the city has.
const unregistered = sampleUnitCode('91', 'MA', 99);
const back: readonly Expected[] = ['R'];

type Prefix = 'CF_' | 'XK_';

/** Mistakes any double-publicity row may have, by the prefix of its fields. */
function commonMistakes(prefix: Prefix): Mistake[] {
  return [...codeMistakes(prefix), ...partyMistakes(prefix), ...dayMistakes(prefix)];
}

/** What goes wrong with the party's code. */
function codeMistakes(prefix: Prefix): Mistake[] {
  const name = `${prefix}XDR_MC`;
  const code = `${prefix}XDR_SHXYM`;
  const category = `${prefix}XDR_LB`;
  return [
    {
      name: 'category-does-not-fit-the-code',
      expects: back,
      make: where(category, (text) => ({
        [category]: text === '个体工商户' ? '法人及非法人组织' : '个体工商户',
      })),
    },
    {
      name: 'nobody-known-by-this-name',
      expects: ['H'],
      make: set({
        [name]: '样例市未登记样例商贸有限公司',
        [code]: unregistered,
        [category]: '法人及非法人组织',
      }),
    },
    {
      name: 'letter-o-for-zero',
      expects: ['H', 'R', 'W'],
      make: where(code, (text) =>
        text.includes('0', 8)
          ? { [code]: `${text.slice(0, 8)}${text.slice(8).replace('0', 'O')}` }
          : { [code]: text.replace('32', '3O') },
      ),
    },
    {
      name: 'wrong-check-character',
      expects: ['H', 'R', 'W'],
      make: where(code, (text) => ({ [code]: text.slice(0, 17) + otherThan(text[17]!) })),
    },
  ];
}

/** What goes wrong with the party itself. */
function partyMistakes(prefix: Prefix): Mistake[] {
  const name = `${prefix}XDR_MC`;
  return [
    {
      name: 'short-name',
      expects: ['H'],
      make: where(name, (text) =>
        text.endsWith('有限公司')
          ? { [name]: text.replace('有限公司', '公司') }
          : { [name]: `${text}（样例）` },
      ),
    },
    {
      name: 'several-parties-in-one-row',
      expects: back,
      make: where(name, (text) => ({
        [name]: `${text}、样例市示例商贸有限公司、样例市样例物流有限公司`,
      })),
    },
    { name: 'natural-person', expects: back, make: set({ [`${prefix}XDR_LB`]: '自然人' }) },
    {
      name: 'blank-and-line-break-after-the-name',
      expects: ['A', 'W'],
      make: where(name, (text) => ({ [name]: `${text} \n` })),
    },
  ];
}

/** What goes wrong with number and day. */
function dayMistakes(prefix: Prefix): Mistake[] {
  return [
    { name: 'no-document-number', expects: back, make: set({ [`${prefix}WSH`]: '' }) },
    {
      name: 'year-mistyped',
      expects: back,
      // 2062 for 2026.
      make: (row, { decidedOn }) => ({
        ...row,
        [`${prefix}JDRQ`]: slashed(decidedOn).replace(/^\d+/, (year) => String(Number(year) + 36)),
      }),
    },
    {
      name: 'number-of-a-spreadsheet-instead-of-a-day',
      expects: ['A', 'W', 'R'],
      make: set({ [`${prefix}JDRQ`]: '45930' }),
    },
  ];
}

function otherThan(character: string): string {
  return usccAlphabet[(usccAlphabet.indexOf(character) + 11) % usccAlphabet.length]!;
}

/** Mistakes in penalties of the 2019 template. */
export const penaltyMistakes: readonly Mistake[] = [
  {
    name: 'fine-ten-thousand-fold',
    expects: ['W'],
    make: where('CF_NR_FK', (text) => ({ CF_NR_FK: String(Math.round(Number(text) * 10_000)) })),
  },
  {
    name: 'personal-number-in-the-remark',
    expects: ['W'],
    make: (row, matter) => ({
      ...row,
      BZ: `当场负责人身份证号${samplePersonalNumber(matter.number)}`,
    }),
  },
  {
    name: 'personal-number-in-the-facts',
    expects: ['W'],
    make: where('CF_SY', (text, row) => ({
      CF_SY: `${text}现场负责人身份证号${samplePersonalNumber(row['CF_WSH']?.length ?? 0)}。`,
    })),
  },
  { name: 'comma-between-kinds', expects: back, make: fined({ CF_CFLB: '罚款,没收' }) },
  { name: 'other-without-words', expects: back, make: set({ CF_CFLB: '其他' }) },
  { name: 'fine-left-out', expects: back, make: fined({ CF_NR_FK: '' }) },
  {
    name: 'fine-with-unit',
    expects: back,
    make: where('CF_NR_FK', (text) => ({ CF_NR_FK: `${Number(text)}万元` })),
  },
  {
    name: 'placeholder-for-the-authority',
    expects: back,
    make: set({ CF_CFJGDM: placeholderUscc }),
  },
  {
    name: 'organisation-code-only',
    expects: ['W', 'H'],
    make: (row, { party }) =>
      party.uscc === null
        ? null
        : { ...row, CF_XDR_SHXYM: '', CF_XDR_GSZC: '', CF_XDR_ZZJG: party.organisationCode },
  },
  {
    name: 'certificate-left-out',
    expects: back,
    make: (row) => ({ ...row, CF_CFLB: `${row['CF_CFLB']}；暂扣许可证（件）`, CF_NR_ZKDX: '' }),
  },
  {
    name: 'document-type-without-number',
    expects: back,
    make: set({ CF_FR_ZJLX: '身份证', CF_FR_ZJHM: '' }),
  },
  ...commonMistakes('CF_'),
];

/** Mistakes in permits. */
export const permitMistakes: readonly Mistake[] = [
  { name: 'long-term-in-words', expects: back, make: set({ XK_YXQZI: '长期' }) },
  { name: 'start-left-out', expects: back, make: set({ XK_YXQZ: '' }) },
  {
    name: 'ends-before-it-begins',
    expects: back,
    make: (row, { decidedOn }) => ({ ...row, XK_YXQZI: slashed(addDays(decidedOn, -400)) }),
  },
  { name: 'state-in-own-words', expects: back, make: set({ XK_ZT: '在用' }) },
  { name: 'kind-unknown', expects: back, make: set({ XK_XKLB: '一般' }) },
  ...commonMistakes('XK_'),
];

/** Mistakes for an item's rows. The template of 2018 has none of the columns they need. */
export function mistakesFor(standard: string): readonly Mistake[] {
  if (standard === 'cf-legal@2019') return penaltyMistakes;
  return standard === 'xk-legal@2019' ? permitMistakes : [];
}

/** Share of rows with a mistake, as in real deliveries. */
const mistakeShare = 0.018;

/** Share of rows with the mistake of an error burst. */
const burstShare = 0.6;

/**
 * The mistake of a row, known without making the row. In a city of few rows every mistake stands where
 * it is sure to be met: after the plain first row of a big source.
 */
export function mistakeOf(order: FileOrder, number: number, chance: Chance): Mistake | null {
  const { source, fileNo, standard, planted } = order;
  if (source.mistakes !== true || number === 0) return null;
  const mistakes = mistakesFor(standard);
  if (mistakes.length === 0) return null;
  const happens = chance.next();
  if (planted?.mistake !== undefined && happens < burstShare) {
    return mistakes.find(({ name }) => name === planted.mistake) ?? null;
  }
  if (order.sure && (source.unit === 'market' || source.unit === 'approval')) {
    const sure = mistakes[(fileNo * 3 + number - 1) % mistakes.length];
    if (number <= 3 && sure !== undefined) return sure;
  }
  return happens < mistakeShare ? chance.pick(mistakes) : null;
}
