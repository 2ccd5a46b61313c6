/** Words for what letters and their service refuse. */

/** Sentences by refusal code; see messages.ts. */
export const noticeWords: Readonly<Record<string, { readonly zh: string; readonly en: string }>> = {
  'notices.no-such-template': {
    zh: '规则包里没有今天有效的告知“{template}”。',
    en: 'The rulebook has no letter "{template}" in force today.',
  },
  'notices.wrong-reader': {
    zh: '告知“{template}”不是给这类接收人的。',
    en: 'The letter "{template}" is not for a reader of this kind.',
  },
  'notices.value-unknown': {
    zh: '告知“{template}”没有“{name}”这一项。',
    en: 'The letter "{template}" has no place for "{name}".',
  },
  'notices.value-missing': {
    zh: '告知“{template}”缺少“{name}”。',
    en: 'The letter "{template}" lacks "{name}".',
  },
  'notices.value-bad': {
    zh: '告知“{template}”的“{name}”不能这样写：须符合种类，不换行，不含标签和个人号码。',
    en: 'The value of "{name}" does not fit the letter "{template}": right kind, one line, no tag, no number of a person.',
  },
  'notices.no-such-letter': {
    zh: '没有这件告知，或者它不是给您的。',
    en: 'There is no such letter, or it is not for you.',
  },
  'notices.already-acknowledged': {
    zh: '这件告知已经确认收到。',
    en: 'This letter was acknowledged already.',
  },
  'notices.bad-address': {
    zh: '地址不正确：邮箱须形如name@example.cn，手机号须为11位。',
    en: 'The address is wrong: mail like name@example.cn, mobile numbers of eleven digits.',
  },
  'notices.too-many-addresses': {
    zh: '今天更换地址已达{most}次，请明天再改。',
    en: 'Addresses were changed {most} times today; please come back tomorrow.',
  },
};
