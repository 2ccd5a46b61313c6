/** Changes that wait: what is beside what is to be, and the step of whoever may decide. */
import { useState } from 'react';
import { Button, Card, Flex, Form, Input, Typography } from 'antd';
import { Link } from 'wouter';
import { useChange } from '../../../../ui/office/ask.ts';
import { DataTable } from '../../../../ui/office/data-table.tsx';
import { useLanguage } from '../../../../ui/office/language.tsx';
import { Moment, Trouble } from '../../../../ui/office/parts.tsx';
import { accountsRoute, decideRoute } from '../../contract.ts';
import { OneTime } from './one-time.tsx';
import { type Account, type Accounts, type Change, usePositionNames } from './words.ts';

type Parts = {
  readonly all: Accounts;
  readonly changes: readonly Change[];
  /** Says nothing where nothing waits. */
  readonly quiet?: boolean;
};

/** The changes, and after a decision the password that was given, outside of what has then gone. */
export function Changes({ all, changes, quiet = false }: Parts) {
  const { t } = useLanguage();
  const [given, setGiven] = useState<string | null>(null);
  if (quiet && changes.length === 0 && given === null) return null;
  return (
    <section aria-label={t('等待决定的变更', 'Changes that wait')}>
      <h2>{t(`等待决定的变更（${changes.length}）`, `Changes that wait (${changes.length})`)}</h2>
      {changes.length === 0 ? (
        <Typography.Paragraph>{t('没有。', 'None.')}</Typography.Paragraph>
      ) : null}
      {changes.map((change) => (
        <One key={change.id} all={all} change={change} onGiven={setGiven} />
      ))}
      <OneTime password={given} onClose={() => setGiven(null)} />
    </section>
  );
}

type Line = { readonly name: string; readonly before: string; readonly after: string };

/** What an account is and is to be, line by line; of a new one nothing is. */
function useLines(all: Accounts): (change: Change) => Line[] {
  const { t } = useLanguage();
  const names = usePositionNames(all);
  const subject = (of: Account['oidc'] | undefined) =>
    of === null || of === undefined ? t('没有', 'none') : `${of.issuer} ${of.subject}`;
  const key = (of: Account['client'] | undefined) =>
    of === null || of === undefined
      ? t('没有', 'none')
      : t(`${of.publicKey}，至${of.validUntil}`, `${of.publicKey}, to ${of.validUntil}`);
  return ({ account, wanted }) => {
    const now = all.accounts.find(({ code }) => code === account);
    const is = (value: string | undefined) => value ?? t('没有这个账户', 'there is no account');
    return [
      { name: t('名称', 'Name'), before: is(now?.name), after: wanted.name },
      { name: t('单位', 'Unit'), before: is(now?.unit), after: wanted.unit },
      {
        name: t('岗位', 'Positions'),
        before: is(now === undefined ? undefined : names(now.positions)),
        after: names(wanted.positions),
      },
      {
        name: t('统一身份', 'At the identity provider'),
        before: subject(now?.oidc),
        after: subject(wanted.oidc === undefined ? now?.oidc : wanted.oidc),
      },
      {
        name: t('程序密钥', 'Key of the program'),
        before: key(now?.client),
        after: key(wanted.client),
      },
    ];
  };
}

function One(parts: {
  readonly all: Accounts;
  readonly change: Change;
  readonly onGiven: (password: string | null) => void;
}) {
  const { t } = useLanguage();
  const { change } = parts;
  const lines = useLines(parts.all)(change);
  return (
    <Card
      size="small"
      title={<Link href={`/accounts/${encodeURIComponent(change.account)}`}>{change.account}</Link>}
    >
      <Typography.Paragraph>
        {t(`${change.proposedBy}提出于`, `proposed by ${change.proposedBy}, `)}{' '}
        <Moment at={change.proposedAt} />
      </Typography.Paragraph>
      <DataTable
        caption={t(`${change.account}的变更`, `The change of ${change.account}`)}
        rowKey={({ name }) => name}
        list={{ rows: lines }}
        columns={[
          { title: t('项目', 'What'), dataIndex: 'name' },
          { title: t('现在', 'Now'), dataIndex: 'before' },
          {
            title: t('变更后', 'Then'),
            render: (_value, { before, after }) =>
              before === after ? after : <strong>{after}</strong>,
          },
        ]}
      />
      <Decide {...parts} />
    </Card>
  );
}

function Decide({
  change,
  onGiven,
}: {
  readonly change: Change;
  readonly onGiven: (password: string | null) => void;
}) {
  const { t, say } = useLanguage();
  const [reason, setReason] = useState('');
  const decide = useChange(decideRoute, [accountsRoute]);
  const why = change.actions.find(({ allowed }) => !allowed)?.why ?? null;
  if (why !== null) return <Typography.Paragraph>{say(why)}</Typography.Paragraph>;
  const take = (confirm: boolean) =>
    decide.mutate(
      { change: change.id, confirm, reason },
      { onSuccess: ({ oneTime }) => onGiven(oneTime) },
    );
  const field = `reason-${change.id}`;
  const words = { confirm: t('同意变更', 'Confirm'), reject: t('不同意', 'Reject') };
  return (
    <Form layout="vertical">
      <Form.Item label={t('理由（必填，存入留痕）', 'Why (needed; it is kept)')} htmlFor={field}>
        <Input
          id={field}
          value={reason}
          maxLength={500}
          onChange={({ target }) => setReason(target.value)}
        />
      </Form.Item>
      <Trouble error={decide.error} />
      <Flex gap="small" wrap>
        {(['confirm', 'reject'] as const).map((action) => (
          <Button
            key={action}
            type={action === 'confirm' ? 'primary' : 'default'}
            disabled={reason.trim() === ''}
            loading={decide.isPending}
            onClick={() => take(action === 'confirm')}
          >
            {words[action]}
          </Button>
        ))}
      </Flex>
    </Form>
  );
}
