/** Words and numbers of bulletins, both languages side by side. */
import type { Reader, Words } from '../../../ui/reader.ts';
import type { BulletinPage } from '../bulletins/contract.ts';

type Figures = BulletinPage['overall']['figures'];
type Figure = Figures[keyof Figures];
type Department = BulletinPage['departments'][number];

/** Figures that are told, in their order. */
export const figureWords: readonly (readonly [keyof Figures, Words])[] = [
  ['reporting', { zh: '报送率', en: 'Reported' }],
  ['timeliness', { zh: '及时率', en: 'In time' }],
  ['compliance', { zh: '首次合规率', en: 'Right at first' }],
  ['complianceFinal', { zh: '最终合规率', en: 'Right at last' }],
  ['completeness', { zh: '完整率', en: 'Complete' }],
  ['association', { zh: '关联率', en: 'Linked' }],
  ['duplicate', { zh: '重复率', en: 'Repeated' }],
  ['wrongCode', { zh: '错码率', en: 'Wrong codes' }],
  ['correction', { zh: '纠错率', en: 'Corrected' }],
];

export const responseWords: Readonly<Record<Department['response']['state'], Words>> = {
  silent: { zh: '期限内没有答复', en: 'no answer in time' },
  confirmed: { zh: '已确认', en: 'confirmed' },
  contested: { zh: '提出异议', en: 'contested' },
  upheld: { zh: '异议成立', en: 'contest was right' },
  dismissed: { zh: '异议不成立', en: 'contest was not right' },
};

export const alertWords: Readonly<Record<string, Words>> = {
  volume: { zh: '数量与往月相差很大', en: 'volume unlike other months' },
  'error-burst': { zh: '某类问题突然增多', en: 'sudden burst of one problem' },
  'code-share': { zh: '某个取值的占比突然变化', en: 'sudden share of one value' },
  dates: { zh: '决定日期集中在一天', en: 'decisions crowd on one day' },
};

export function figureText(r: Reader, figure: Figure | undefined): string {
  if (figure?.state === 'NA') return r.say({ zh: '不适用', en: 'not due' });
  const { numerator, denominator } = figure ?? { numerator: null, denominator: null };
  if (numerator === null || denominator === null || denominator === 0) {
    return r.say({ zh: '不详', en: 'not known' });
  }
  const rate = `${((numerator / denominator) * 100).toFixed(1)}%`;
  const open = figure?.unknownItems ?? 0;
  return open === 0
    ? rate
    : r.say({ zh: `${rate}（另${open}项不详）`, en: `${rate} (${open} items not known)` });
}

const points = (hundredths: number) => (hundredths / 100).toFixed(1);

export function scoreText(r: Reader, score: Department['score']): string {
  if (score === null) return r.say({ zh: '没有应报内容', en: 'nothing was due' });
  return score.lowest === score.highest
    ? points(score.lowest)
    : r.say({
        zh: `${points(score.lowest)}至${points(score.highest)}`,
        en: `${points(score.lowest)} to ${points(score.highest)}`,
      });
}

export const monthWords = (period: string): Words => ({
  zh: `${period.slice(0, 4)}年${Number(period.slice(5))}月`,
  en: period,
});

/** Why a source counts as silent; by the directory's frequency needs no word. */
export const silentWords = {
  frequency: { zh: '', en: '' },
  'own-rhythm': { zh: '（按其以往规律）', en: ' (by its own rhythm)' },
  never: { zh: '（应当报送，从未报送）', en: ' (has to report and never has)' },
} as const;
