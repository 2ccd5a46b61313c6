/** 账户: who may sign in, in which positions, and the changes of it that wait for a second person. */
import { useState } from 'react';
import { Form, Input, type TableColumnsType, Tag } from 'antd';
import { Link, useParams } from 'wouter';
import { useRead } from '../../../../ui/office/ask.ts';
import { DataTable } from '../../../../ui/office/data-table.tsx';
import { useLanguage } from '../../../../ui/office/language.tsx';
import { PageHead, Shown } from '../../../../ui/office/parts.tsx';
import { accountsRoute } from '../../contract.ts';
import { Changes } from './changes.tsx';
import { NewAccount } from './form.tsx';
import { One } from './one.tsx';
import { type Account, type Accounts, newCode, usePositionNames, useStateOf } from './words.ts';

export default function AccountsPage() {
  const { code } = useParams<{ code?: string }>();
  const asked = useRead(accountsRoute, {});
  return (
    <Shown asked={asked}>
      {(all) =>
        code === undefined ? (
          <List all={all} />
        ) : code === newCode ? (
          <NewAccount all={all} />
        ) : (
          <One all={all} code={decodeURIComponent(code)} />
        )
      }
    </Shown>
  );
}

function List({ all }: { readonly all: Accounts }) {
  const { t } = useLanguage();
  const [words, setWords] = useState('');
  const wanted = words.trim().toLowerCase();
  const rows = all.accounts.filter(({ code, name, unit }) =>
    `${code} ${name} ${unit}`.toLowerCase().includes(wanted),
  );
  return (
    <>
      <PageHead
        title={t('账户', 'Accounts')}
        lead={t(
          '账户由一名安全管理员提出、另一名决定；停用由一人办理，立即生效。',
          'One security administrator proposes what an account is to be, another decides. Disabling takes one, and takes effect at once.',
        )}
        actions={<Link href={`/accounts/${newCode}`}>{t('提出新账户', 'Propose an account')}</Link>}
      />
      <Changes all={all} changes={all.changes} />
      <h2>{t('全部账户', 'All accounts')}</h2>
      <Form.Item label={t('按代码、名称或单位查找', 'By code, name or unit')} htmlFor="words">
        <Input
          id="words"
          value={words}
          maxLength={100}
          autoComplete="off"
          onChange={({ target }) => setWords(target.value)}
        />
      </Form.Item>
      <DataTable
        caption={t('全部账户', 'All accounts')}
        rowKey={({ code }) => code}
        list={{ rows }}
        columns={useColumns(all)}
      />
    </>
  );
}

function useColumns(all: Accounts): TableColumnsType<Account> {
  const { t } = useLanguage();
  const names = usePositionNames(all);
  const stateOf = useStateOf();
  return [
    {
      title: t('账户', 'Account'),
      render: (_value, { code }) => (
        <Link href={`/accounts/${encodeURIComponent(code)}`}>{code}</Link>
      ),
    },
    { title: t('名称', 'Name'), dataIndex: 'name' },
    { title: t('单位', 'Unit'), dataIndex: 'unit' },
    { title: t('岗位', 'Positions'), render: (_value, { positions }) => names(positions) },
    {
      title: t('状态', 'State'),
      render: (_value, account) => (
        <>
          {stateOf(account)} {account.sample ? <Tag>{t('样例', 'sample')}</Tag> : null}
        </>
      ),
    },
  ];
}
