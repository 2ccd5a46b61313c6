/** Words for what restricted reading refuses. */

/** Sentences by refusal code; see messages.ts. */
export const accessWords: Readonly<Record<string, { readonly zh: string; readonly en: string }>> = {
  'access.no-such-purpose': {
    zh: '没有名为“{purpose}”的查询目的。请从查询目的列表中选择。',
    en: 'There is no purpose "{purpose}". Choose one from the list of purposes.',
  },
  'access.no-basis': {
    zh: '“{purpose}”今天没有生效的依据（{basis}），不能查询。依据未经确认的，请规则管理员提议、规则批准人确认。',
    en: '"{purpose}" has no provision in force today ({basis}): nothing may be read for it. One that is unconfirmed has to be confirmed by two officers.',
  },
  'access.not-your-purpose': {
    zh: '您的岗位不能以“{purpose}”为目的查询。请换一个目的，或者请安全管理员调整岗位。',
    en: 'Your position may not read for "{purpose}". Choose another purpose, or ask a security administrator.',
  },
  'access.matter-needed': {
    zh: '以“{purpose}”为目的查询须填写{matter}。请补充。',
    en: 'Reading for "{purpose}" needs the number of the matter ({matter}). Add it.',
  },
  'access.matter-too-long': {
    zh: '编号至多{most}个字。请只填编号。',
    en: 'The number of a matter has {most} characters at most. Give the number only.',
  },
  'access.matter-personal': {
    zh: '编号里含有个人的证件号码、电话或者卡号，没有受理。请只填办件编号。',
    en: 'The number of the matter holds a person’s number and was not taken. Give the number of the matter only.',
  },
  'access.quota-used': {
    zh: '今天以“{purpose}”为目的查询的主体已满{most}个，{resets}后可以继续。确有需要的，请审计管理员了解情况后由规则管理员调整上限。',
    en: 'You have opened {most} subjects for "{purpose}" today. Go on after {resets}; the limit stands in the rulebook.',
  },
  'access.query-personal': {
    zh: '不能用个人的姓名、证件号码、电话查询。请使用组织的统一社会信用代码。',
    en: 'Persons are not searched for. Give the unified code of an organisation.',
  },
  'access.no-such-subject': {
    zh: '没有这个主体。请核对代码。',
    en: 'There is no such subject. Check the code.',
  },
  'access.several-subjects': {
    zh: '有{count}个主体使用这个号码。请用平台编号查询。',
    en: '{count} subjects bear this number. Read by the id of the platform.',
  },
  'access.not-deferrable': {
    zh: '以“{purpose}”为目的的查询不能延后告知：没有允许延后的规定。',
    en: 'Telling of reading for "{purpose}" can not be put off: no provision allows it.',
  },
  'access.no-ground': {
    zh: '所写的依据不能作为延后告知的依据，或者今天没有生效。可以使用的：{basis}。',
    en: 'That provision is no ground for telling later, or is not in force today. Possible: {basis}.',
  },
  'access.deferred-too-long': {
    zh: '最晚在{latest}告知。请改早。',
    en: 'The subject is told by {latest} at the latest. Choose an earlier day.',
  },
  'access.deferred-to-the-past': {
    zh: '告知的日期应在今天以后。',
    en: 'The day of telling must lie after today.',
  },
  'access.already-deferred': {
    zh: '编号“{matter}”已有延后告知的决定，不能重复，也不能再延长。',
    en: 'There is a decision on matter "{matter}" already; it is made once and not extended.',
  },
  'access.bad-page': {
    zh: '页码标记不正确。请从第一页重新查阅。',
    en: 'The mark of the page is not valid. Begin with the first page.',
  },
};
