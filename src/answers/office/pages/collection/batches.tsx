/** 批次: the deliveries of my unit, and each of them. */
import { Tag } from 'antd';
import { Link, useParams } from 'wouter';
import { useList } from '../../../../ui/office/ask.ts';
import { DataTable } from '../../../../ui/office/data-table.tsx';
import { useLanguage } from '../../../../ui/office/language.tsx';
import { Moment, PageHead } from '../../../../ui/office/parts.tsx';
import { type BatchBrief, batchesRoute } from '../../collection/contract.ts';
import { BatchPage } from './batch.tsx';
import { stateWords } from './words.ts';

export default function Batches() {
  const { id } = useParams<{ id?: string }>();
  return id === undefined ? <All /> : <BatchPage key={id} id={id} />;
}

function All() {
  const { t, say } = useLanguage();
  const list = useList(
    batchesRoute,
    {},
    { rows: ({ batches }) => batches, next: ({ next }) => next },
  );
  return (
    <>
      <PageHead
        title={t('报送记录', 'Deliveries')}
        lead={t('本单位的批次，最新的在前。', 'Batches of your unit, the newest first.')}
      />
      <DataTable<BatchBrief>
        caption={t('批次', 'Batches')}
        rowKey={({ batch }) => batch}
        list={list}
        columns={[
          {
            title: t('文件', 'File'),
            render: (_value, { batch, fileName }) => (
              <Link href={`/collection/batches/${batch}`}>{fileName}</Link>
            ),
          },
          { title: t('事项', 'Item'), render: (_value, { item }) => item.name },
          {
            title: t('收到', 'Received'),
            render: (_value, { receivedAt }) => <Moment at={receivedAt} />,
          },
          {
            title: t('情况', 'State'),
            render: (_value, { state }) => <Tag>{say(stateWords[state])}</Tag>,
          },
          {
            title: t('行数', 'Rows'),
            align: 'right',
            render: (_value, { counts }) => counts.received,
          },
          {
            title: t('待核', 'Waiting'),
            align: 'right',
            render: (_value, { counts }) => counts.held,
          },
          {
            title: t('退回', 'Given back'),
            align: 'right',
            render: (_value, { counts }) => counts.rejected,
          },
        ]}
      />
    </>
  );
}
