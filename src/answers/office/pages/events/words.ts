/** Words for kinds of security events. */
import type { Words } from '../../../../ui/reader.ts';

/** Kinds in the order of the list one chooses from. */
export const eventWords: Readonly<Record<string, Words>> = {
  denied: { zh: '请求被拒绝', en: 'Denied' },
  'sign-in': { zh: '登录', en: 'Signed in' },
  'sign-in-refused': { zh: '登录未成功', en: 'Sign-in refused' },
  'second-factor': { zh: '动态码通过', en: 'Second factor given' },
  'second-factor-refused': { zh: '动态码不正确', en: 'Wrong code' },
  locked: { zh: '账户锁定', en: 'Locked' },
  'signed-out': { zh: '退出', en: 'Signed out' },
  'password-changed': { zh: '更换口令', en: 'Password changed' },
  'second-factor-enrolled': { zh: '登记动态码', en: 'Second factor enrolled' },
  'unusual-reading': { zh: '异常查询', en: 'Unusual reading' },
  'enterprise-bound': { zh: '企业账户绑定', en: 'Organisation bound' },
  'enterprise-refused': { zh: '企业证明未通过', en: 'Proof of an organisation refused' },
  'delegate-named': { zh: '指定受托人', en: 'Delegate named' },
  'delegate-ended': { zh: '终止委托', en: 'Delegation ended' },
};

/** Words for why somebody was denied, where they are short; otherwise the code stands. */
export const denialWords: Readonly<Record<string, Words>> = {
  'door.not-permitted': { zh: '岗位没有这项权限', en: 'not within the position' },
  'office.not-your-unit': { zh: '不是本单位的', en: 'of another unit' },
  'accounts.not-signed-in': { zh: '没有登录', en: 'not signed in' },
  'accounts.session-over': { zh: '会话已结束', en: 'session over' },
  'accounts.session-incomplete': { zh: '登录没有完成', en: 'signing in not finished' },
  'accounts.bad-csrf': { zh: '校验码不正确', en: 'wrong token of the page' },
};
