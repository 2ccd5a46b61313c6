/** 待发布: deliveries of double publicity that wait for two officers of their unit. */
import type { TableColumnsType } from 'antd';
import { Link } from 'wouter';
import type { z } from 'zod';
import { useList } from '../../../../ui/office/ask.ts';
import { DataTable } from '../../../../ui/office/data-table.tsx';
import { useLanguage } from '../../../../ui/office/language.tsx';
import { Moment, PageHead } from '../../../../ui/office/parts.tsx';
import { waitingReleasesRoute } from '../../releases/contract.ts';

type Waiting = z.infer<(typeof waitingReleasesRoute)['output']>['batches'][number];

export default function Releases() {
  const { t } = useLanguage();
  const list = useList(
    waitingReleasesRoute,
    {},
    {
      rows: ({ batches }): readonly Waiting[] => batches,
      next: ({ next }) => next,
    },
  );
  return (
    <>
      <PageHead
        title={t('待发布', 'Waiting for release')}
        lead={t(
          '双公示数据由来源单位一人提请、另一人发布。这里列出还没有发布的批次；发布由单位自己办理。',
          'In double publicity one officer of the unit proposes and another releases. Here are the batches that wait; releasing is up to the unit.',
        )}
      />
      <DataTable
        caption={t('等待发布的批次', 'Batches that wait for release')}
        rowKey={({ batchId }) => batchId}
        list={list}
        columns={useColumns()}
      />
    </>
  );
}

function useColumns(): TableColumnsType<Waiting> {
  const { t, say } = useLanguage();
  const states = {
    waiting: t('等待提请', 'not proposed yet'),
    proposed: t('等待第二人', 'waits for the second person'),
    withdrawn: t('已停止公示', 'taken back'),
  };
  return [
    {
      title: t('文件', 'File'),
      render: (_value, { batchId, fileName }) => (
        <Link href={`/collection/batches/${batchId}`}>{fileName}</Link>
      ),
    },
    { title: t('单位', 'Unit'), render: (_value, { unit }) => unit.name ?? unit.code },
    { title: t('事项', 'Item'), render: (_value, { itemName }) => say(itemName) },
    { title: t('行数', 'Rows'), dataIndex: 'rows', align: 'right' },
    {
      title: t('状态', 'State'),
      render: (_value, { state, proposedBy }) => (
        <>
          {states[state]}
          {proposedBy === null ? '' : t(`（${proposedBy}提请）`, ` (proposed by ${proposedBy})`)}
        </>
      ),
    },
    {
      title: t('收到', 'Received'),
      render: (_value, { receivedAt }) => <Moment at={receivedAt} />,
    },
  ];
}
