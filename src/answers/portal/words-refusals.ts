/** Refusals of the portal in words: reason and remedy. What somebody typed is never repeated. */
import { type RefusalWords, httpRefusals } from '../../platform/http/index.ts';

/** Refusals of this feature. */
export const portalRefusals: Readonly<Record<string, RefusalWords>> = {
  'portal.query-empty': {
    zh: '没有输入查询内容。请输入统一社会信用代码或者组织名称。',
    en: 'Nothing was entered. Enter a unified social credit code or the name of an organisation.',
  },
  'portal.query-one-character': {
    zh: '一个字会列出过多的组织。请至少输入两个字。',
    en: 'One character would list too many organisations. Enter at least two.',
  },
  'portal.query-too-long': {
    zh: '查询内容过长，最多{most}个字。请只输入名称或者代码。',
    en: 'The search is too long: {most} characters at most. Enter a name or a code only.',
  },
  'portal.query-personal': {
    zh: '输入内容含有个人的证件号码、电话号码或者银行卡号。本平台只查询组织，不查询个人；输入的内容没有留存。请改用组织的名称或者统一社会信用代码。',
    en: 'The text holds the identity, telephone or card number of a person. Only organisations can be looked up here; what you entered was not kept. Use the name or unified code of an organisation.',
  },
  'portal.no-such-subject': {
    zh: '没有查到这个主体。没有查到不等于没有记录：本平台只覆盖已收录的组织。请核对代码，或者按名称查找。',
    en: 'No such organisation was found. Not found does not mean clean: only organisations in the base library are covered. Check the code, or search by name.',
  },
  'portal.several-subjects': {
    zh: '这个号码对应{count}个主体。请改用统一社会信用代码，或者从查询结果中选择。',
    en: 'This number belongs to {count} subjects. Use the unified code, or choose among the results of a search.',
  },
  'portal.record-not-shown': {
    zh: '没有公示这条记录。请从主体页面查看今天公示的信息。',
    en: 'No such record is shown. See what is shown today on the page of its subject.',
  },
  'portal.no-such-instrument': {
    zh: '没有引用这件法律、法规或者文件。请从法律依据目录中选择。',
    en: 'No such instrument is cited here. Choose one from the list of provisions.',
  },
  'portal.no-such-bulletin': {
    zh: '没有发布过这个月的通报。请从通报目录中选择。',
    en: 'No bulletin of this month is published. Choose one from the list of bulletins.',
  },
  'portal.no-such-column': {
    zh: '没有这个专栏。请从permit（许可）、penalty（处罚）、act（其他行政行为）中选择。',
    en: 'There is no such column. Choose permit, penalty or act.',
  },
  'portal.no-such-filter': {
    zh: '筛选条件{filter}的值不存在，或者这一栏里没有。请从专栏页面的选项中选择。',
    en: 'The value of the filter {filter} does not exist, or not in this column. Choose one on the page of the column.',
  },
  'portal.no-such-position': {
    zh: '翻页的位置写得不对。请从专栏的第一页重新开始。',
    en: 'The place to read on from is not written as one. Begin again at the first page of the column.',
  },
  'portal.no-such-standard': {
    zh: '没有这项数据标准。请从现行标准目录中选择。',
    en: 'There is no such standard. Choose one from the list of standards.',
  },
};

/** Every refusal a reader of the portal or its API can meet. */
export const refusalsInWords: Readonly<Record<string, RefusalWords>> = {
  ...httpRefusals,
  ...portalRefusals,
};
