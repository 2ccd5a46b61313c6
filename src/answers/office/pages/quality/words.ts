/** Names of figures, and how a three-valued one is written. */
import type { Words } from '../../../../ui/reader.ts';

/** A figure as the contract gives it. */
export type Measure = {
  readonly state: 'value' | 'NA' | 'UNKNOWN';
  readonly value: number | null;
  readonly numerator: number | null;
  readonly denominator: number | null;
};

export const figureWords: Readonly<Record<string, Words>> = {
  reporting: { zh: '报送率', en: 'Reporting' },
  omission: { zh: '漏报数', en: 'Omitted' },
  timeliness: { zh: '及时率', en: 'Timeliness' },
  late: { zh: '迟报率', en: 'Late' },
  compliance: { zh: '合规率（首次）', en: 'Compliance (first)' },
  complianceFinal: { zh: '合规率（最终）', en: 'Compliance (final)' },
  completeness: { zh: '完整率', en: 'Completeness' },
  association: { zh: '关联率', en: 'Association' },
  duplicate: { zh: '重复率', en: 'Duplicates' },
  wrongCode: { zh: '错码率', en: 'Wrong codes' },
  correction: { zh: '纠错率', en: 'Corrected' },
  continuity: { zh: '连续性', en: 'Continuity' },
  coverage: { zh: '覆盖率', en: 'Coverage' },
  accuracy: { zh: '准确率', en: 'Accuracy' },
  concealed: { zh: '瞒报', en: 'Concealed' },
  freshness: { zh: '鲜活度', en: 'Freshness' },
};

/** Which rows stand behind a figure; figures that are not here have none to open. */
export const rowsOf: Readonly<Record<string, string>> = {
  late: 'late',
  timeliness: 'late',
  compliance: 'rejected',
  complianceFinal: 'uncorrected',
  completeness: 'incomplete',
  association: 'unmatched',
  reporting: 'received',
};

/** A figure in words: a value, not due, or not known. */
export function measured(name: string, measure: Measure | undefined): Words {
  if (measure === undefined || measure.state === 'UNKNOWN') return { zh: '不详', en: 'not known' };
  if (measure.state === 'NA' || measure.value === null) return { zh: '不适用', en: 'not due' };
  if (name === 'omission' || name === 'concealed') {
    return { zh: String(measure.value), en: String(measure.value) };
  }
  const text = `${(measure.value * 100).toFixed(1)}% (${measure.numerator ?? 0}/${measure.denominator ?? 0})`;
  return { zh: text, en: text };
}
