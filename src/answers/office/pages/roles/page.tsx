/** 岗位: what each position may do and read, on which ground. The rulebook says it; here it is only read. */
import { Link, useParams } from 'wouter';
import { useRead } from '../../../../ui/office/ask.ts';

import { DataTable } from '../../../../ui/office/data-table.tsx';
import { useLanguage } from '../../../../ui/office/language.tsx';
import { Facts, PageHead, Shown } from '../../../../ui/office/parts.tsx';
import { type RoleView, rolesRoute } from '../../roles/contract.ts';
import { useReachWords } from '../readings/words.ts';
import { useMay } from '../session/me.ts';

export default function RolesPage() {
  const { code } = useParams<{ code?: string }>();
  const { t } = useLanguage();
  const asked = useRead(rolesRoute, {});
  return (
    <Shown asked={asked}>
      {({ positions, edition, on }) => {
        if (code === undefined) return <List positions={positions} edition={edition} on={on} />;
        const one = positions.find((position) => position.code === decodeURIComponent(code));
        return one === undefined ? (
          <PageHead
            title={t('没有这个岗位', 'There is no such position')}
            lead={<Link href="/roles">{t('返回岗位', 'Back to positions')}</Link>}
          />
        ) : (
          <One one={one} />
        );
      }}
    </Shown>
  );
}

function List({
  positions,
  edition,
  on,
}: {
  readonly positions: readonly RoleView[];
  readonly edition: string | null;
  readonly on: string;
}) {
  const { t, say } = useLanguage();
  return (
    <>
      <PageHead
        title={t('岗位', 'Positions')}
        lead={t(
          `岗位的权限由规则规定（${edition ?? '没有现行版本'}，${on}有效），变更须经规则的提出和批准；给账户安排岗位须经两名安全管理员。`,
          `The rulebook says what a position may do (${edition ?? 'no edition in force'}, on ${on}); it is changed as rules are. Giving an account a position takes two security administrators.`,
        )}
      />
      <DataTable
        caption={t('全部岗位', 'All positions')}
        rowKey={({ code }) => code}
        list={{ rows: positions }}
        columns={[
          {
            title: t('岗位', 'Position'),
            render: (_value, { code, name }) => <Link href={`/roles/${code}`}>{say(name)}</Link>,
          },
          { title: t('代码', 'Code'), dataIndex: 'code' },
          {
            title: t('权限', 'Permissions'),
            align: 'right',
            render: (_value, { permissions }) => permissions.length,
          },
          {
            title: t('可查询的目的', 'Purposes of reading'),
            align: 'right',
            render: (_value, { purposes }) => purposes.length,
          },
          {
            title: t('您是否担任', 'Is it yours'),
            render: (_value, { yours }) => (yours ? t('是', 'yes') : '—'),
          },
        ]}
      />
    </>
  );
}

function One({ one }: { readonly one: RoleView }) {
  const { t, say } = useLanguage();
  const { code, name, yours, permissions } = one;
  const mayAssign = useMay('accounts:assign');
  return (
    <>
      <PageHead
        title={say(name)}
        lead={<Link href="/roles">{t('返回岗位', 'Back to positions')}</Link>}
        actions={
          mayAssign ? (
            <Link href={`/accounts?position=${code}`}>
              {t('担任这个岗位的账户', 'Accounts in this position')}
            </Link>
          ) : undefined
        }
      />
      <Facts
        facts={[
          [t('代码', 'Code'), code],
          [t('您是否担任', 'Is it yours'), yours ? t('是', 'yes') : t('否', 'no')],
        ]}
      />
      <h2>{t('可以办理', 'What it may do')}</h2>
      <Permissions permissions={permissions} />
      <h2>{t('可以查询不公开的信息', 'What it may read that is not public')}</h2>
      <Purposes purposes={one.purposes} />
    </>
  );
}

function Permissions({ permissions }: Pick<RoleView, 'permissions'>) {
  const { t, say } = useLanguage();
  const others = permissions.filter(({ opens }) => opens.length === 0);
  return (
    <>
      <DataTable
        caption={t('权限及其在办公端打开的内容', 'Permissions and what they open in the office')}
        rowKey={({ code }) => code}
        list={{ rows: permissions.filter(({ opens }) => opens.length > 0) }}
        columns={[
          { title: t('权限', 'Permission'), dataIndex: 'code' },
          {
            title: t('在办公端', 'In the office'),
            render: (_value, { opens }) => (
              <ul className="plain">
                {opens.map((words) => (
                  <li key={words.en}>{say(words)}</li>
                ))}
              </ul>
            ),
          },
        ]}
      />
      {others.length === 0 ? null : (
        <p>
          {t('在办公端没有对应页面的权限：', 'Permissions without a page in the office: ')}
          {others.map(({ code }) => code).join(t('、', ', '))}
        </p>
      )}
    </>
  );
}

function Purposes({ purposes }: { readonly purposes: RoleView['purposes'] }) {
  const { t, say } = useLanguage();
  const reach = useReachWords();
  return (
    <DataTable
      caption={t('查询的目的、范围和依据', 'Purposes, reach and ground')}
      rowKey={(purpose) => purpose.code}
      list={{ rows: purposes }}
      empty={t('这个岗位不能查询不公开的信息', 'this position reads nothing that is not public')}
      columns={[
        { title: t('目的', 'Purpose'), render: (_value, purpose) => say(purpose.name) },
        { title: t('范围', 'Reach'), render: (_value, purpose) => reach[purpose.reach] },
        {
          title: t('依据', 'Ground'),
          render: (_value, { provision }) =>
            provision === null
              ? t('今天没有有效依据，不能查询', 'none in force today: nobody reads for it')
              : `${say(provision.instrument)} ${provision.article ?? ''}`.trim(),
        },
        {
          title: t('每账户每日', 'Per account and day'),
          align: 'right',
          dataIndex: 'perDay',
        },
      ]}
    />
  );
}
