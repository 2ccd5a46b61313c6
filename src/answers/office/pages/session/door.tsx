/** Signing in, step by step: password, code, a password of one's own, the second factor. */
import { type ReactNode, useEffect, useState } from 'react';
import { Alert, Button, Form, Input, Typography } from 'antd';
import {
  type Me,
  codeRoute,
  doorRoute,
  oidcRoute,
  signInRoute,
  signOutRoute,
} from '../../../../trust/accounts/contract.ts';
import { useChange, useRead } from '../../../../ui/office/ask.ts';
import { call, keepCsrf } from '../../../../ui/office/client.ts';
import { useLanguage } from '../../../../ui/office/language.tsx';
import { Trouble } from '../../../../ui/office/parts.tsx';
import { SampleBanner } from './sample-banner.tsx';
import { CodeField } from './code-field.tsx';
import { ChoosePassword } from './choose-password.tsx';
import { Enrol } from './enrol.tsx';

/** Why the identity provider led back. Taken out of the address, so that it is told once. */
const sentBackWith = new URLSearchParams(location.search).get('refused')?.slice(0, 60) ?? '';

type Step = { readonly onMe: (me: Me | null) => void };

/** What stands before the office. `me`: a session that lacks something, or `null`. */
export function Door({ me, onMe }: { readonly me: Me | null } & Step) {
  const { t, lang, choose } = useLanguage();
  const leave = useChange(signOutRoute);
  const [refused] = useState(sentBackWith);
  const door = useRead(doorRoute, refused === '' ? {} : { refused });
  const accounts = door.data?.accounts ?? [];
  useEffect(() => {
    if (location.search !== '') history.replaceState(null, '', location.pathname);
  }, []);
  return (
    <>
      {accounts.length > 0 ? <SampleBanner /> : null}
      <main className="door">
        {me === null ? <SentBack words={door.data?.refused ?? null} /> : null}
        {stepOf(me, onMe)}
        {me === null && door.data?.ways.includes('oidc') ? <ByProvider /> : null}
        <Typography.Paragraph>
          <Button type="link" onClick={() => choose(lang === 'zh' ? 'en' : 'zh')}>
            {lang === 'zh' ? 'English' : '中文'}
          </Button>
          {me === null ? null : (
            <Button
              type="link"
              onClick={() => leave.mutate({ id: 'current' }, { onSettled: () => onMe(null) })}
            >
              {t('换一个账户', 'Use another account')}
            </Button>
          )}
        </Typography.Paragraph>
        {accounts.length > 0 && (me === null || me.state === 'second-factor') ? (
          <Samples me={me} onMe={onMe} />
        ) : null}
      </main>
    </>
  );
}

function stepOf(me: Me | null, onMe: Step['onMe']): ReactNode {
  switch (me?.state) {
    case 'second-factor':
      return <Code onMe={onMe} />;
    case 'change-password':
      return <ChoosePassword onMe={onMe} isForced />;
    case 'enrol':
      return <Enrol onMe={onMe} />;
    default:
      return <Password onMe={onMe} />;
  }
}

function SentBack({
  words,
}: {
  readonly words: { readonly zh: string; readonly en: string } | null;
}) {
  const { lang } = useLanguage();
  return words === null ? null : <Alert type="error" showIcon role="alert" title={words[lang]} />;
}

/** Leads to the identity provider of the city, in this window. */
function ByProvider() {
  const { t } = useLanguage();
  const [error, setError] = useState<unknown>(null);
  const go = () => call(oidcRoute, {}).then(({ address }) => location.assign(address), setError);
  return (
    <section aria-label={t('统一身份认证', 'Identity provider')} className="by-provider">
      <Trouble error={error} />
      <Button onClick={() => void go()}>
        {t('用统一身份认证登录', 'Sign in through the identity provider')}
      </Button>
    </section>
  );
}

function Password({ onMe }: Step) {
  const { t } = useLanguage();
  const signIn = useChange(signInRoute);
  return (
    <>
      <h1>{t('登录信衡办公端', 'Sign in to the Xinheng office')}</h1>
      <Trouble error={signIn.error} />
      <Form
        layout="vertical"
        requiredMark={false}
        onFinish={(given: { account: string; password: string }) =>
          signIn.mutate(given, { onSuccess: onMe })
        }
      >
        <Form.Item
          name="account"
          label={t('账户', 'Account')}
          rules={[{ required: true, message: t('请填写账户', 'Give your account') }]}
        >
          <Input autoComplete="username" autoFocus maxLength={40} />
        </Form.Item>
        <Form.Item
          name="password"
          label={t('口令', 'Password')}
          rules={[{ required: true, message: t('请填写口令', 'Give your password') }]}
        >
          <Input.Password autoComplete="current-password" maxLength={128} />
        </Form.Item>
        <Button type="primary" htmlType="submit" loading={signIn.isPending}>
          {t('登录', 'Sign in')}
        </Button>
      </Form>
    </>
  );
}

function Code({ onMe }: Step) {
  const { t } = useLanguage();
  const give = useChange(codeRoute);
  return (
    <>
      <h1>{t('动态口令', 'One-time code')}</h1>
      <Trouble error={give.error} />
      <Form
        layout="vertical"
        requiredMark={false}
        onFinish={(given: { code: string }) => give.mutate(given, { onSuccess: onMe })}
      >
        <CodeField />
        <Button type="primary" htmlType="submit" loading={give.isPending}>
          {t('继续', 'Go on')}
        </Button>
      </Form>
    </>
  );
}

/** Accounts of a sample installation, each a press away. */
function Samples({ me, onMe }: { readonly me: Me | null } & Step) {
  const { t } = useLanguage();
  const samples = useRead(doorRoute, {});
  const signIn = useChange(signInRoute);
  const give = useChange(codeRoute);
  const [waiting, setWaiting] = useState(0);
  // Asked for now: a code is good for half a minute, and once.
  const codeFor = async (account: string): Promise<{ code: string }> => {
    const { data } = await samples.refetch();
    const { code = '', codeIn = 0 } = data?.accounts.find((one) => one.account === account) ?? {};
    setWaiting(codeIn);
    await new Promise((done) => setTimeout(done, codeIn * 1000));
    setWaiting(0);
    return { code };
  };
  const enter = async (account: string, password: string) => {
    const begun = me?.account === account ? me : await signIn.mutateAsync({ account, password });
    keepCsrf(begun.csrf);
    onMe(begun.state === 'second-factor' ? await give.mutateAsync(await codeFor(account)) : begun);
  };
  return (
    <section aria-label={t('样例账户', 'Sample accounts')}>
      <h2>{t('样例账户', 'Sample accounts')}</h2>
      <Trouble error={signIn.error ?? give.error} />
      <p role="status">
        {waiting === 0
          ? ''
          : t(
              `这个账户的动态口令刚刚用过，约${waiting}秒后自动登录。`,
              `The codes of this account were just used; signing in by itself in about ${waiting} s.`,
            )}
      </p>
      <ul>
        {(samples.data?.accounts ?? []).map(({ account, name, password, unitName }) => (
          <li key={account}>
            <Button
              type="link"
              data-account={account}
              // What was refused is told above.
              onClick={() => void enter(account, password).catch(() => undefined)}
            >
              {name}
            </Button>{' '}
            {unitName}
          </li>
        ))}
      </ul>
    </section>
  );
}
