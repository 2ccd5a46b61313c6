/** One unit: its sources, alerts of the last month, deliveries of a year. */
import { Link } from 'wouter';
import { useList, useRead } from '../../../../ui/office/ask.ts';
import { DataTable } from '../../../../ui/office/data-table.tsx';
import { useLanguage } from '../../../../ui/office/language.tsx';
import { Moment, PageHead, Shown } from '../../../../ui/office/parts.tsx';
import {
  type SourceBatchView,
  type SourceView,
  sourceBatchesRoute,
  sourceRoute,
} from '../../sources/contract.ts';
import { Alerts } from '../quality/alerts.tsx';
import { SourceState } from './state.tsx';

export default function Unit({ unit }: { readonly unit: string }) {
  const { t } = useLanguage();
  const asked = useRead(sourceRoute, { unit });
  const shown = asked.data?.unit;
  return (
    <>
      <PageHead
        title={shown?.name ?? unit}
        lead={unit}
        actions={<Link href="/sources">{t('返回全部来源', 'Back to all sources')}</Link>}
      />
      <Shown asked={asked}>
        {({ sources, months, alerts }) => (
          <>
            <h2>{t('报送的事项', 'What it reports')}</h2>
            <Own sources={sources} />
            <h2>{t('上月预警', 'Alerts of the last month')}</h2>
            <Alerts alerts={alerts} />
            <h2>{t('近十二个月', 'Twelve months')}</h2>
            <DataTable
              caption={t('近十二个月', 'Twelve months')}
              rowKey={({ item, period }) => `${item} ${period}`}
              list={{ rows: months }}
              columns={[
                { title: t('月份', 'Month'), dataIndex: 'period' },
                { title: t('事项', 'Item'), dataIndex: 'item' },
                { title: t('批次', 'Deliveries'), dataIndex: 'batches', align: 'right' },
                { title: t('行数', 'Rows'), dataIndex: 'rows', align: 'right' },
                { title: t('退回', 'Given back'), dataIndex: 'rejected', align: 'right' },
              ]}
            />
          </>
        )}
      </Shown>
      <Batches unit={unit} />
    </>
  );
}

function Own({ sources }: { readonly sources: readonly SourceView[] }) {
  const { t, say } = useLanguage();
  return (
    <DataTable
      caption={t('报送的事项', 'What it reports')}
      rowKey={({ item }) => item}
      list={{ rows: sources }}
      columns={[
        { title: t('事项', 'Item'), render: (_value, { itemName }) => say(itemName) },
        { title: t('状态', 'State'), render: (_value, source) => <SourceState source={source} /> },
        {
          title: t('最近收到', 'Last received'),
          render: (_value, { lastReceivedOn }) => lastReceivedOn ?? t('从未', 'never'),
        },
        { title: t('逾期自', 'Late since'), render: (_value, { lateSince }) => lateSince ?? '—' },
      ]}
    />
  );
}

function Batches({ unit }: { readonly unit: string }) {
  const { t, say } = useLanguage();
  const list = useList(
    sourceBatchesRoute,
    { unit },
    { rows: ({ batches }): readonly SourceBatchView[] => batches, next: ({ next }) => next },
  );
  const states = {
    received: t('已收到', 'received'),
    running: t('处理中', 'being worked through'),
    done: t('已完成', 'done'),
    refused: t('整批不收', 'refused'),
  };
  return (
    <>
      <h2>{t('批次', 'Deliveries')}</h2>
      <DataTable
        caption={t('批次', 'Deliveries')}
        rowKey={({ batchId }) => batchId}
        list={list}
        columns={[
          { title: t('收到', 'Received'), render: (_value, one) => <Moment at={one.receivedAt} /> },
          { title: t('文件', 'File'), dataIndex: 'fileName' },
          { title: t('事项', 'Item'), render: (_value, { itemName }) => say(itemName) },
          { title: t('状态', 'State'), render: (_value, { state }) => states[state] },
          { title: t('行数', 'Rows'), dataIndex: 'received', align: 'right' },
          { title: t('待核', 'Held'), dataIndex: 'held', align: 'right' },
          { title: t('退回', 'Given back'), dataIndex: 'rejected', align: 'right' },
        ]}
      />
    </>
  );
}
