/** Quotas of restricted reading, and how far units used them today: counts only. */
import { useRead } from '../../../../ui/office/ask.ts';
import { DataTable } from '../../../../ui/office/data-table.tsx';
import { useLanguage } from '../../../../ui/office/language.tsx';
import { PageHead, Shown } from '../../../../ui/office/parts.tsx';
import { type QuotaView, quotasRoute } from '../../audit/contract.ts';

export default function Quotas() {
  const { t, say } = useLanguage();
  const asked = useRead(quotasRoute, {});
  return (
    <>
      <PageHead
        title={t('查询限额', 'Quotas')}
        lead={t(
          '限额由规则规定，按账户每日计算。这里只有数量，没有查了谁。',
          'Quotas are set by the rulebook, for each account and day. Here are counts only, never whom somebody read about.',
        )}
      />
      <Shown asked={asked}>
        {({ on, quotas }) => (
          <>
            <DataTable
              caption={t('现行限额', 'Quotas in force')}
              rowKey={({ purpose }) => purpose}
              list={{ rows: quotas }}
              columns={[
                { title: t('用途', 'Purpose'), render: (_value, { name }) => say(name) },
                {
                  title: t('每账户每日', 'Per account and day'),
                  dataIndex: 'perDay',
                  align: 'right',
                },
                {
                  title: t('今日可用', 'Open today'),
                  render: (_value, { inForce }) =>
                    inForce
                      ? t('是', 'yes')
                      : t('否，依据不在效力期', 'no, its ground is not in force'),
                },
              ]}
            />
            <h2>{t(`今日（${on}）用量`, `Used today (${on})`)}</h2>
            <Used quotas={quotas} />
          </>
        )}
      </Shown>
    </>
  );
}

function Used({ quotas }: { readonly quotas: readonly QuotaView[] }) {
  const { t, say } = useLanguage();
  return (
    <DataTable
      caption={t('今日用量', 'Used today')}
      rowKey={({ purpose, unit }) => `${purpose} ${unit.code}`}
      list={{
        rows: quotas.flatMap(({ purpose, name, perDay, units }) =>
          units.map((use) => ({ ...use, purpose, name, perDay })),
        ),
      }}
      columns={[
        { title: t('用途', 'Purpose'), render: (_value, { name }) => say(name) },
        { title: t('单位', 'Unit'), render: (_value, { unit }) => unit.name ?? unit.code },
        { title: t('账户数', 'Accounts'), dataIndex: 'accounts', align: 'right' },
        { title: t('主体数', 'Subjects'), dataIndex: 'subjects', align: 'right' },
        {
          title: t('单个账户最多', 'Most by one account'),
          align: 'right',
          render: (_value, { most, perDay }) => `${most} / ${perDay}`,
        },
      ]}
    />
  );
}
