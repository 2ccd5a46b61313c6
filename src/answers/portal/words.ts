/** Names of sections and inputs in both languages: part of what the API answers, not only of pages. */
import type { SectionKey } from './domain-sections.ts';
import type { Words } from './law/contract.ts';

/** Titles of the sections (data-standards §5.2). */
export const sectionTitles: Readonly<Record<SectionKey, Words>> = {
  registration: { zh: '登记注册基础信息', en: 'Registration' },
  administration: { zh: '行政管理信息', en: 'Administrative decisions' },
  honours: { zh: '诚实守信相关荣誉信息', en: 'Honours for honesty' },
  'severe-lists': { zh: '严重失信主体名单信息', en: 'Lists of seriously dishonest subjects' },
  abnormal: {
    zh: '经营（活动）异常名录（状态）信息',
    en: 'Directories of abnormal operation',
  },
  commitments: { zh: '信用承诺信息', en: 'Commitments' },
  evaluation: { zh: '信用评价信息', en: 'Evaluations by authorities' },
  judicial: { zh: '司法判决及执行信息', en: 'Judgments and enforcement' },
  other: { zh: '其他信息', en: 'Other information' },
  local: { zh: '地方补充内容', en: 'Local supplement' },
};

/** Labels of the inputs of an explanation. */
export const inputLabels: Readonly<Record<string, Words>> = {
  'received-on': { zh: '首次接收日期', en: 'First received on' },
  determination: { zh: '认定（决定）日期', en: 'Day of the decision' },
  publicity: { zh: '首次公示日期', en: 'First shown on' },
  'valid-from': { zh: '有效期自', en: 'Valid from' },
  'valid-until': { zh: '有效期至', en: 'Valid until' },
  'public-until': { zh: '来源单位填报的公示截止期', en: 'End of display reported by the source' },
  'ended-on': { zh: '移出（终止）日期', en: 'Removed on' },
  'end-of-conduct': { zh: '行为终了日期', en: 'End of the conduct' },
  'opens-on': { zh: '救济期届满日期', en: 'End of the remedy period' },
  class: { zh: '失信等级', en: 'Class' },
};
