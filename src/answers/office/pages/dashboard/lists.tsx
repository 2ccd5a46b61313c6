/** The lists behind the dashboard's own figures: deliveries of a month, rows in doubt. */
import { Link, useSearch } from 'wouter';
import { useList } from '../../../../ui/office/ask.ts';
import { DataTable } from '../../../../ui/office/data-table.tsx';
import { useLanguage } from '../../../../ui/office/language.tsx';
import { Moment, PageHead } from '../../../../ui/office/parts.tsx';
import {
  type DashboardDelivery,
  type DashboardHeldRow,
  type HeldState,
  dashboardDeliveriesRoute,
  dashboardHeldRoute,
} from '../../dashboard/contract.ts';
import { useMay } from '../session/me.ts';

function Back() {
  const { t } = useLanguage();
  return <Link href="/dashboard">{t('返回看板', 'Back to the dashboard')}</Link>;
}

export function Deliveries() {
  const { t, say } = useLanguage();
  const period = new URLSearchParams(useSearch()).get('period') ?? '';
  const list = useList(
    dashboardDeliveriesRoute,
    { period },
    {
      rows: ({ deliveries }): readonly DashboardDelivery[] => deliveries,
      next: ({ next }) => next,
    },
  );
  const count = (title: string, dataIndex: keyof DashboardDelivery) => ({
    ...{ title, dataIndex, align: 'right' as const },
  });
  return (
    <>
      <PageHead
        title={t(`${period}收到的批次`, `Deliveries received in ${period}`)}
        lead={t(
          '最新的在前。打开批次可以看到每一行。',
          'The newest first. Each opens to its rows.',
        )}
        actions={<Back />}
      />
      <DataTable
        caption={t('批次', 'Deliveries')}
        rowKey={({ batch }) => batch}
        list={list}
        columns={[
          {
            title: t('文件', 'File'),
            render: (_value, { batch, fileName }) => (
              <Link href={`/collection/batches/${batch}`}>{fileName}</Link>
            ),
          },
          { title: t('单位', 'Unit'), render: (_value, { unit }) => unit.name ?? unit.code },
          { title: t('事项', 'Item'), render: (_value, { itemName }) => say(itemName) },
          { title: t('收到', 'Received'), render: (_value, one) => <Moment at={one.receivedAt} /> },
          count(t('行数', 'Rows'), 'received'),
          count(t('接收', 'Accepted'), 'accepted'),
          count(t('重复', 'Duplicate'), 'duplicate'),
          count(t('待核', 'Held'), 'held'),
          count(t('退回', 'Given back'), 'rejected'),
        ]}
      />
    </>
  );
}

export function HeldRows() {
  const { t, say } = useLanguage();
  const ofCentre = useMay('subjects:read');
  const state = (new URLSearchParams(useSearch()).get('state') ?? 'held') as HeldState;
  const list = useList(
    dashboardHeldRoute,
    { state },
    { rows: ({ rows }): readonly DashboardHeldRow[] => rows, next: ({ next }) => next },
  );
  const titles = {
    held: t('等待复核的行', 'Rows that wait for a decision'),
    linked: t('已确认关联的行', 'Rows whose link was confirmed'),
    returned: t('复核后退回的行', 'Rows given back after a review'),
  };
  return (
    <>
      <PageHead
        title={titles[state]}
        lead={t('最新的在前。', 'The newest first.')}
        actions={<Back />}
      />
      <DataTable
        caption={titles[state]}
        rowKey={({ batch, row }) => `${batch}/${row}`}
        list={list}
        columns={[
          {
            title: t('行内名称', 'Name in the row'),
            render: (_value, { name, batch, review }) => (
              <Link
                href={
                  ofCentre && review !== null ? `/links/${review}` : `/collection/batches/${batch}`
                }
              >
                {name ?? t('（未提供名称）', '(no name given)')}
              </Link>
            ),
          },
          { title: t('行号', 'Row'), dataIndex: 'row', align: 'right' },
          { title: t('单位', 'Unit'), render: (_value, { unit }) => unit.name ?? unit.code },
          { title: t('事项', 'Item'), render: (_value, { itemName }) => say(itemName) },
          { title: t('收到', 'Received'), render: (_value, one) => <Moment at={one.receivedAt} /> },
        ]}
      />
    </>
  );
}
