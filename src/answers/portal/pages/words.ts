/** Words of the pages for what views name by key. Chinese is the source. */
import type { Hit, ItemState, Relation, State } from '../contract.ts';
import type { Words } from '../law/contract.ts';

/** State of a part of a file, in a few words. */
export const stateWords: Readonly<Record<State, Words>> = {
  found: { zh: '有公示中的信息', en: 'information shown' },
  none: { zh: '没有公示中的信息', en: 'nothing shown' },
  late: { zh: '来源迟报', en: 'source late' },
  'not-covered': { zh: '尚未覆盖', en: 'not covered' },
  'not-public': {
    zh: '目录没有规定向社会公示',
    en: 'not opened to the public by the directory',
  },
};

/** Why it can not be told whether a source is current. */
export const currencyReasons: Readonly<
  Record<NonNullable<ItemState['currency']['reason']>, Words>
> = {
  'on-occurrence': {
    zh: '发生时才报送，没有收到不等于没有发生',
    en: 'delivered when something happens; silence proves nothing',
  },
  'no-frequency': {
    zh: '报送周期未知，无法判断是否迟报',
    en: 'its frequency is not known, so lateness can not be told',
  },
  'no-allowance': {
    zh: '报送期限未知，暂不能认定迟报',
    en: 'its allowance is not known, so lateness can not be told yet',
  },
  'never-heard': {
    zh: '应当报送，还没有收到过',
    en: 'has to report, and has not been heard of yet',
  },
};

/** How current a source is. */
export const currencyWords: Readonly<Record<ItemState['currency']['state'], Words>> = {
  current: { zh: '按期', en: 'current' },
  late: { zh: '迟报', en: 'late' },
  unknown: { zh: '无法判断', en: 'can not be told' },
  'not-covered': { zh: '尚未覆盖', en: 'not covered' },
};

/** How often a source delivers. */
export const frequencyWords: Readonly<Record<string, Words>> = {
  'real-time': { zh: '实时', en: 'at once' },
  day: { zh: '每日', en: 'daily' },
  week: { zh: '每周', en: 'weekly' },
  month: { zh: '每月', en: 'monthly' },
  quarter: { zh: '每季度', en: 'quarterly' },
  'half-year': { zh: '每半年', en: 'twice a year' },
  year: { zh: '每年', en: 'yearly' },
  'on-occurrence': { zh: '发生时', en: 'when it happens' },
  unknown: { zh: '未知', en: 'not known' },
};

/** Classes of records. */
export const classWords: Readonly<Record<string, Words>> = {
  minor: { zh: '轻微', en: 'minor' },
  general: { zh: '一般', en: 'general' },
  serious: { zh: '严重', en: 'serious' },
  unknown: { zh: '未确定', en: 'not determined' },
  '*': { zh: '所有等级', en: 'every class' },
};

/** Registered facts. */
export const registeredWords: Readonly<Record<string, Words>> = {
  uscc: { zh: '统一社会信用代码', en: 'Unified social credit code' },
  'organisation-code': { zh: '组织机构代码', en: 'Organisation code' },
  'registration-number': { zh: '注册号', en: 'Registration number' },
  type: { zh: '类型', en: 'Type' },
  status: { zh: '登记状态', en: 'Status' },
  'registered-on': { zh: '成立（登记）日期', en: 'Registered on' },
  representative: { zh: '法定代表人（负责人）', en: 'Legal representative' },
  capital: { zh: '注册资本', en: 'Registered capital' },
  place: { zh: '登记地', en: 'Place' },
  address: { zh: '住所（经营场所）', en: 'Address' },
  industry: { zh: '行业', en: 'Industry' },
  scope: { zh: '经营（业务）范围', en: 'Business scope' },
};

/** By what a subject was found. */
export const foundByWords: Readonly<Record<Hit['by'], Words>> = {
  uscc: { zh: '统一社会信用代码一致', en: 'same unified code' },
  'former-uscc': { zh: '曾用代码一致', en: 'same former code' },
  'organisation-code': { zh: '组织机构代码一致', en: 'same organisation code' },
  'registration-number': { zh: '注册号一致', en: 'same registration number' },
  similar: {
    zh: '代码相近：输入的代码不符合校验规则，请核对是否为这一家',
    en: 'similar code: what was typed fails the check; see whether this is the one',
  },
  present: { zh: '名称', en: 'name' },
  former: { zh: '曾用名', en: 'former name' },
  other: { zh: '其他名称', en: 'another name' },
  initials: { zh: '拼音首字母', en: 'pinyin initials' },
};

const relations: Readonly<Record<Relation['relation'], readonly [out: Words, incoming: Words]>> = {
  'merged-into': [
    { zh: '已并入', en: 'merged into' },
    { zh: '吸收合并了', en: 'absorbed' },
  ],
  'split-from': [
    { zh: '分立自', en: 'split from' },
    { zh: '分立出', en: 'gave rise to, by split,' },
  ],
  'branch-of': [
    { zh: '隶属于', en: 'branch of' },
    { zh: '设有分支机构', en: 'has the branch' },
  ],
  'transformed-from': [
    { zh: '由其改制而来：', en: 'transformed from' },
    { zh: '改制为', en: 'transformed into' },
  ],
};

/** How a subject stands to another. */
export function relationWords({ relation, direction }: Relation): Words {
  return relations[relation][direction === 'out' ? 0 : 1];
}

/** Whether a provision counts today. */
export const standingWords: Readonly<Record<string, Words>> = {
  'in-force': { zh: '有效', en: 'in force' },
  unconfirmed: { zh: '尚未核实，不支持任何公示', en: 'not confirmed: supports nothing' },
  'not-yet': { zh: '尚未施行', en: 'not yet in force' },
  ended: { zh: '已失效', en: 'ended' },
  elsewhere: { zh: '不适用于本地', en: 'does not reach this place' },
  plan: { zh: '规划类文件，不作依据', en: 'a plan: no basis' },
  'not-found': { zh: '没有找到', en: 'not found' },
};

/** Levels of law. */
export const levelWords: Readonly<Record<string, Words>> = {
  law: { zh: '法律', en: 'Laws' },
  'administrative-regulation': { zh: '行政法规', en: 'Administrative regulations' },
  'central-policy': { zh: '中央政策文件', en: 'Central policy papers' },
  'departmental-rule': { zh: '部门规章', en: 'Departmental rules' },
  'judicial-interpretation': { zh: '司法解释', en: 'Judicial interpretations' },
  'provincial-regulation': { zh: '省级地方性法规', en: 'Provincial regulations' },
  'city-regulation': { zh: '设区的市地方性法规', en: 'City regulations' },
  'government-rule': { zh: '地方政府规章', en: 'Rules of local governments' },
  'normative-document': { zh: '规范性文件', en: 'Normative documents' },
  'national-standard': { zh: '国家标准', en: 'National standards' },
  'local-standard': { zh: '地方标准', en: 'Local standards' },
  plan: { zh: '规划和工作方案（不作依据）', en: 'Plans (no basis)' },
};

/** The four channels. */
export const channelWords: Readonly<Record<string, Words>> = {
  show: { zh: '公示', en: 'shown' },
  share: { zh: '共享', en: 'shared' },
  use: { zh: '使用', en: 'used' },
  report: { zh: '载入报告', en: 'reported' },
};
