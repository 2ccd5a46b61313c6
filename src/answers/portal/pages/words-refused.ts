/** Headings of pages that refuse; what to do then is told in the words of the refusal itself. */
import type { Words } from '../../../ui/reader.ts';

const titles: Readonly<Record<string, Words>> = {
  'portal.query-empty': { zh: '还没有输入要查的组织', en: 'Nothing was typed' },
  'portal.query-one-character': { zh: '一个字太少', en: 'One character is too little' },
  'portal.query-too-long': { zh: '输入的内容太长', en: 'That is too long' },
  'portal.query-personal': {
    zh: '不能用个人号码查询',
    en: 'Numbers of persons can not be looked up',
  },
  'portal.no-such-subject': { zh: '没有收录这个主体', en: 'No such subject here' },
  'portal.several-subjects': { zh: '不止一个主体', en: 'More than one subject' },
  'portal.record-not-shown': { zh: '这里没有公示的信息', en: 'Nothing is shown here' },
  'portal.no-such-instrument': { zh: '没有收录这件法律文件', en: 'No such instrument here' },
  'portal.no-such-standard': { zh: '没有这项数据标准', en: 'No such standard' },
  'http.not-found': { zh: '没有这个页面', en: 'There is no such page' },
  'http.bad-request': { zh: '地址中的参数不正确', en: 'The address is not valid' },
  'http.address-too-long': { zh: '地址太长', en: 'The address is too long' },
  'http.method-not-allowed': { zh: '这个地址不能这样使用', en: 'Not used that way' },
  'http.rate-limited': { zh: '查询太频繁', en: 'Too many requests' },
  'http.fault': { zh: '程序出现错误', en: 'Something broke on our side' },
};

/** Heading of a refusal. */
export function refusedTitle(code: string): Words {
  return titles[code] ?? { zh: '不能给出这个页面', en: 'This page can not be given' };
}
