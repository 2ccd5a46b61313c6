/** One account: what it is, what waits, and what may be done to it. */
import { useState } from 'react';
import { Alert, Button, Flex, Form, Input } from 'antd';
import { Link } from 'wouter';
import { useChange } from '../../../../ui/office/ask.ts';
import { useLanguage } from '../../../../ui/office/language.tsx';
import { Facts, Moment, PageHead, Trouble } from '../../../../ui/office/parts.tsx';
import { accountsRoute, disableRoute, resetRoute } from '../../contract.ts';
import { useMe } from '../session/me.ts';
import { Changes } from './changes.tsx';
import { ProposeForm } from './form.tsx';
import { OneTime } from './one-time.tsx';
import { type Account, type Accounts, usePositionNames, useStateOf } from './words.ts';

export function One({ all, code }: { readonly all: Accounts; readonly code: string }) {
  const { t } = useLanguage();
  const me = useMe();
  const account = all.accounts.find((one) => one.code === code) ?? null;
  const changes = all.changes.filter((one) => one.account === code);
  return (
    <>
      <PageHead
        title={t(`账户 ${code}`, `Account ${code}`)}
        actions={<Link href="/accounts">{t('返回账户', 'Back to accounts')}</Link>}
      />
      {account === null && changes.length === 0 ? (
        <Alert type="info" showIcon title={t('没有这个账户。', 'There is no such account.')} />
      ) : null}
      {account === null ? null : <About all={all} account={account} />}
      <Changes all={all} changes={changes} quiet />
      {account === null ? null : me.account === code ? (
        <Alert
          type="info"
          showIcon
          title={t(
            '这是您自己的账户：变更、停用和重置由其他安全管理员办理。',
            'This is your own account: other security administrators change, disable and reset it.',
          )}
        />
      ) : (
        <Steps all={all} account={account} />
      )}
    </>
  );
}

function About({ all, account }: { readonly all: Accounts; readonly account: Account }) {
  const { t } = useLanguage();
  const names = usePositionNames(all);
  const { client, oidc, disabledAt } = account;
  const stateOf = useStateOf();
  return (
    <Facts
      facts={[
        [t('名称', 'Name'), account.name],
        [t('单位', 'Unit'), account.unit],
        [t('岗位', 'Positions'), names(account.positions)],
        [t('状态', 'State'), stateOf(account)],
        ...(disabledAt === null
          ? []
          : [[t('停用于', 'Disabled'), <Moment key="off" at={disabledAt} />] as const]),
        ...(oidc === null
          ? []
          : [[t('统一身份', 'At the provider'), `${oidc.issuer} ${oidc.subject}`] as const]),
        ...(client === null
          ? []
          : [[t('密钥有效至', 'Last day of the key'), client.validUntil] as const]),
      ]}
    />
  );
}

function Steps({ all, account }: { readonly all: Accounts; readonly account: Account }) {
  const { t } = useLanguage();
  const waits = all.changes.some((change) => change.account === account.code);
  return (
    <>
      {account.disabledAt === null ? <Protect account={account} /> : null}
      <h2>{t('提出变更', 'Propose a change')}</h2>
      {waits ? (
        <Alert
          type="info"
          showIcon
          title={t(
            '已有一项变更等待决定；决定后才可以再次提出。',
            'A change waits already. Another can be proposed once it is decided.',
          )}
        />
      ) : (
        <ProposeForm key={JSON.stringify(account)} all={all} account={account} />
      )}
    </>
  );
}

/** What one person may do at once, because it only protects: end every session, now. */
function Protect({ account }: { readonly account: Account }) {
  const { t } = useLanguage();
  const [reason, setReason] = useState('');
  const disable = useChange(disableRoute, [accountsRoute]);
  const reset = useChange(resetRoute, [accountsRoute]);
  const asked = { account: account.code, reason };
  const empty = reason.trim() === '';
  return (
    <section aria-label={t('停用和重置', 'Disable and reset')}>
      <h2>{t('停用和重置', 'Disable and reset')}</h2>
      <p>
        {t(
          '两者都立即结束这个账户的所有登录。重置给出一次性口令，并须重新绑定动态口令；请先当面核对本人。',
          'Both end every session of the account at once. A reset gives a one-time password and asks for the second factor anew; see the person first.',
        )}
      </p>
      <Form.Item
        layout="vertical"
        label={t('理由（必填，存入留痕）', 'Why (needed; it is kept)')}
        htmlFor="protect-reason"
      >
        <Input
          id="protect-reason"
          value={reason}
          maxLength={500}
          onChange={({ target }) => setReason(target.value)}
        />
      </Form.Item>
      <Trouble error={disable.error ?? reset.error} />
      <Flex gap="small" wrap>
        <Button disabled={empty} loading={disable.isPending} onClick={() => disable.mutate(asked)}>
          {t('立即停用', 'Disable at once')}
        </Button>
        {account.client === null ? (
          <Button disabled={empty} loading={reset.isPending} onClick={() => reset.mutate(asked)}>
            {t('重置', 'Reset')}
          </Button>
        ) : null}
      </Flex>
      <OneTime password={reset.data?.oneTime ?? null} onClose={() => reset.reset()} />
    </section>
  );
}
