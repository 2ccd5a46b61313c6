/** Readings that stand out, for auditors. */
import { useRead } from '../../../../ui/office/ask.ts';
import { useLanguage } from '../../../../ui/office/language.tsx';
import { DataTable } from '../../../../ui/office/data-table.tsx';
import { PageHead, Shown } from '../../../../ui/office/parts.tsx';
import { unusualRoute } from '../../readings/contract.ts';

export default function Unusual() {
  const { t } = useLanguage();
  const asked = useRead(unusualRoute, {});
  const signs = {
    surge: t('数量突增', 'surge'),
    night: t('夜间查询', 'at night'),
    'one-matter': t('一案查询多个主体', 'one matter, many subjects'),
  };
  return (
    <>
      <PageHead
        title={t('异常查询', 'Unusual readings')}
        lead={t(
          '异常只是线索，不是结论。请向本人和单位核实。',
          'A sign is no finding. Ask the person and the unit.',
        )}
      />
      <Shown asked={asked}>
        {({ unusual }) => (
          <DataTable
            caption={t('异常查询', 'Unusual readings')}
            rowKey={({ account, on, sign }) => `${account} ${on} ${sign}`}
            list={{ rows: unusual }}
            columns={[
              { title: t('日期', 'Day'), dataIndex: 'on' },
              { title: t('账户', 'Account'), dataIndex: 'account' },
              { title: t('情形', 'Sign'), render: (_value, { sign }) => signs[sign] },
              { title: t('次数', 'Counted'), dataIndex: 'counted', align: 'right' },
            ]}
          />
        )}
      </Shown>
    </>
  );
}
