/** 账户: who may sign in, in which positions, and the changes of it that wait for a second person. */
import { useState } from 'react';
import { Form, Input, Radio, Select, type TableColumnsType, Tag } from 'antd';
import { Link, useParams, useSearchParams } from 'wouter';
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
      <Found all={all} />
    </>
  );
}

/** What the list is narrowed to; in the address, so that other pages lead to it. */
function useNarrowed() {
  const [address, setAddress] = useSearchParams();
  const choose = (part: 'position' | 'kind', value: string | null) =>
    setAddress((before) => {
      const next = new URLSearchParams(before);
      if (value === null) next.delete(part);
      else next.set(part, value);
      return next;
    });
  const [position, kind] = [address.get('position'), address.get('kind')];
  const fits = ({ positions, client }: Account) =>
    (position === null || positions.includes(position)) &&
    (kind === null || (kind === 'program') === (client !== null));
  return { position, kind, choose, fits };
}

function Found({ all }: { readonly all: Accounts }) {
  const { t, say } = useLanguage();
  const [words, setWords] = useState('');
  const { position, kind, choose, fits } = useNarrowed();
  const wanted = words.trim().toLowerCase();
  const rows = all.accounts
    .filter(fits)
    .filter(({ code, name, unit }) => `${code} ${name} ${unit}`.toLowerCase().includes(wanted));
  return (
    <>
      <Form.Item label={t('按代码、名称或单位查找', 'By code, name or unit')} htmlFor="words">
        <Input
          id="words"
          value={words}
          maxLength={100}
          autoComplete="off"
          onChange={({ target }) => setWords(target.value)}
        />
      </Form.Item>
      <Form.Item label={t('岗位', 'Position')} htmlFor="position">
        <Select
          id="position"
          allowClear
          value={position}
          placeholder={t('全部岗位', 'all positions')}
          options={all.positions.map(({ code, name }) => ({ value: code, label: say(name) }))}
          onChange={(value: string | undefined) => choose('position', value ?? null)}
        />
      </Form.Item>
      <Radio.Group
        className="above-table"
        value={kind ?? 'all'}
        aria-label={t('人员或者程序', 'Persons or programs')}
        onChange={({ target }) =>
          choose('kind', target.value === 'all' ? null : String(target.value))
        }
        options={[
          { value: 'all', label: t('全部', 'All') },
          { value: 'person', label: t('人员', 'Persons') },
          { value: 'program', label: t('程序（接口客户端）', 'Programs (API clients)') },
        ]}
      />
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
