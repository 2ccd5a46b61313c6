/** Words of doubtful links: states, steps, pieces of evidence and what each is worth. */
import type { Words } from '../../../../ui/reader.ts';
import type { LinkEvidenceView } from '../../links/contract.ts';

type Of = LinkEvidenceView['of'];
type Weight = LinkEvidenceView['weight'];

export const stateWords: Readonly<Record<string, Words>> = {
  open: { zh: '等待第一人', en: 'waits for a first person' },
  'link-proposed': { zh: '已提议关联，等待第二人', en: 'link proposed, waits for a second person' },
  'return-proposed': {
    zh: '已提议退回，等待第二人',
    en: 'return proposed, waits for a second person',
  },
  'undo-proposed': {
    zh: '已提议撤销，等待第二人',
    en: 'undoing proposed, waits for a second person',
  },
  linked: { zh: '已关联', en: 'linked' },
  returned: { zh: '已退回来源', en: 'returned to its source' },
  settled: { zh: '已凭新的证据自动关联', en: 'settled by new exact evidence' },
  undone: { zh: '已撤销', en: 'undone' },
  kept: { zh: '维持原关联', en: 'kept as it was' },
};

export const actionWords: Readonly<Record<string, Words>> = {
  'propose-link': { zh: '提议关联', en: 'Propose this link' },
  'propose-return': { zh: '提议退回来源', en: 'Propose to return the row' },
  'propose-undo': { zh: '提议撤销', en: 'Propose to undo' },
  confirm: { zh: '确认关联', en: 'Confirm the link' },
  'confirm-return': { zh: '确认退回', en: 'Confirm the return' },
  'confirm-undo': { zh: '确认撤销', en: 'Confirm the undoing' },
  keep: { zh: '维持原关联', en: 'Keep the link' },
  'send-back': { zh: '退给第一人重办', en: 'Send back to the first person' },
};

export const pieceWords: Readonly<Record<Of, Words>> = {
  code: { zh: '统一社会信用代码', en: 'Unified code' },
  'organisation-code': { zh: '组织机构代码', en: 'Organisation code' },
  'registration-number': { zh: '注册号', en: 'Registration number' },
  name: { zh: '名称', en: 'Name' },
  area: { zh: '登记地区', en: 'Registered area' },
  alive: { zh: '决定日期与存续期间', en: 'Decision day and lifetime' },
};

export const weightWords: Readonly<Record<Weight, Words>> = {
  decisive: { zh: '一致，单独即可证明', en: 'agrees: proves it alone' },
  strong: { zh: '一致，须另有佐证', en: 'agrees: needs something beside it' },
  weak: { zh: '仅供参考', en: 'only suggests' },
  against: { zh: '不一致', en: 'contradicts' },
  silent: { zh: '不能说明问题', en: 'says nothing' },
};

/** A sign before the words: nothing is told by colour alone. */
export const weightSigns: Readonly<Record<Weight, string>> = {
  decisive: '✔✔',
  strong: '✔',
  weak: '≈',
  against: '✘',
  silent: '–',
};
