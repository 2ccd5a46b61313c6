/** Alerts: deliveries unlike their source's own history, with the files and rows to look at. */
import { DataTable } from '../../../../ui/office/data-table.tsx';
import { useLanguage } from '../../../../ui/office/language.tsx';
import type { AlertView } from '../../sources/contract.ts';

const rounded = (value: number) => Math.round(value * 1000) / 1000;

export function Alerts({ alerts }: { readonly alerts: readonly AlertView[] }) {
  const { t, say } = useLanguage();
  const kinds = {
    volume: t('数量异常', 'volume'),
    silence: t('停报', 'silence'),
    'error-burst': t('同类错误突增', 'burst of one error'),
    'code-share': t('取值分布异常', 'share of one value'),
    dates: t('日期集中', 'dates on one day'),
  };
  return (
    <DataTable
      caption={t('预警', 'Alerts')}
      rowKey={({ kind, unit, item, what }) => `${kind} ${unit.code} ${item} ${what ?? ''}`}
      list={{ rows: alerts }}
      columns={[
        { title: t('情形', 'What'), render: (_value, { kind }) => kinds[kind] },
        { title: t('单位', 'Unit'), render: (_value, { unit }) => unit.name ?? unit.code },
        { title: t('事项', 'Item'), render: (_value, { itemName }) => say(itemName) },
        { title: t('关于', 'About'), render: (_value, { what }) => what ?? '—' },
        {
          title: t('平常', 'Expected'),
          align: 'right',
          render: (_value, { expected }) => rounded(expected),
        },
        { title: t('本月', 'Seen'), align: 'right', render: (_value, { seen }) => rounded(seen) },
        {
          title: t('文件和行', 'Files and rows'),
          render: (_value, { files }) =>
            files
              .map(({ fileName, rows, first }) =>
                t(
                  `${fileName}：${rows}行（${first.join('、')}…）`,
                  `${fileName}: ${rows} rows (${first.join(', ')}…)`,
                ),
              )
              .join('；'),
        },
        { title: t('规则', 'Rule'), dataIndex: 'rule' },
      ]}
    />
  );
}
