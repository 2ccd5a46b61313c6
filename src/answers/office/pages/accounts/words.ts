/** What pages of accounts say in the same words. */
import type { z } from 'zod';
import { useLanguage } from '../../../../ui/office/language.tsx';
import type { accountsRoute } from '../../contract.ts';

export type Accounts = z.infer<(typeof accountsRoute)['output']>;
export type Account = Accounts['accounts'][number];
export type Change = Accounts['changes'][number];

/** In the place of a code in an address: a code begins with a letter. */
export const newCode = '_new';

/** Names of positions in the language that is read. */
export function usePositionNames({ positions }: Accounts): (codes: readonly string[]) => string {
  const { t, say } = useLanguage();
  const known = new Map(positions.map(({ code, name }) => [code, name]));
  return (codes) =>
    codes
      .map((code) => {
        const name = known.get(code);
        return name === undefined ? code : say(name);
      })
      .join(t('、', ', '));
}

/** Whether an account may sign in, and how it does. */
export function useStateOf(): (account: Account) => string {
  const { t } = useLanguage();
  return ({ disabledAt, client, oidc }) => {
    if (disabledAt !== null) return t('已停用', 'disabled');
    if (client !== null) {
      const { validUntil } = client;
      return t(`程序，密钥有效至${validUntil}`, `a program, its key ends on ${validUntil}`);
    }
    return oidc === null
      ? t('使用中', 'in use')
      : t('使用中，可由统一身份登录', 'in use, also through the identity provider');
  };
}
